import { Flag } from './flag';
import { askPosthog } from './posthog';

/** Rendered on the server for each request. */
export default async function Page() {
  const response = await askPosthog('stats/');
  const body = await response.json();
  return (
    <main>
      <p>{response.ok ? `${body.launched_last_30d} launched in 30 days` : body.detail}</p>
      <Flag />
    </main>
  );
}
