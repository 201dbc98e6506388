/** Asks PostHog, or the mock, from the server: `.env` says where it is. The key never reaches the browser. */
export function askPosthog(operation: string): Promise<Response> {
  return fetch(`${process.env.POSTHOG_HOST}/api/projects/1/experiments/${operation}`, {
    headers: { Authorization: `Bearer ${process.env.POSTHOG_PERSONAL_API_KEY}` },
    cache: 'no-store',
  });
}
