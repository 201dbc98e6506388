const KEPT = 'posthog-experiments-mock:token';

/**
 * Reads the server's token from `#token=` and removes it from the URL, so that no bookmark or screenshot shows it. The
 * token is kept for the tab, so that the page can be reloaded.
 */
export function takeToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return keptToken();
  history.replaceState(history.state, '', location.pathname + location.search);
  try {
    sessionStorage.setItem(KEPT, token);
  } catch {
    // Without storage, the token lasts as long as the page.
  }
  return token;
}

function keptToken(): string | null {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
