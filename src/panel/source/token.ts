const KEPT = 'posthog-experiments-mock:token';

/**
 * Takes the token of the server out of `#token=`, so that it shows in no address, bookmark or screenshot, and keeps
 * it for the tab: the page can be loaded again.
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
