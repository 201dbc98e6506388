/** In development, starts the mock with the app. Its panel is at http://127.0.0.1:4120/__mock__/. */
export async function register(): Promise<void> {
  if (process.env.NODE_ENV === 'development' && process.env.NEXT_RUNTIME === 'nodejs') {
    const { createMock, startServer } = await import('posthog-experiments-mock');
    await startServer(createMock({ now: '2026-01-31T12:00:00Z' }), { port: 4120 });
  }
}
