/** The code under test: what a dashboard says about the launches of a project. */
export async function describeLaunches(projectId: number, key: string): Promise<string> {
  const response = await fetch(`https://us.posthog.com/api/projects/${projectId}/experiments/stats/`, {
    headers: { Authorization: `Bearer ${key}` },
  });
  if (response.status === 429) return 'Too many requests: try again later.';
  if (!response.ok) return (await response.json()).detail;
  const { launched_last_30d } = await response.json();
  return `${launched_last_30d} launched in 30 days`;
}
