import { askPosthog } from '../posthog';

export async function GET(): Promise<Response> {
  const response = await askPosthog('requires_flag_implementation/');
  return Response.json(await response.json(), { status: response.status });
}
