/** The token of the address's fragment (`#token=…`), if there is one. */
export function tokenOfFragment(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token') ?? undefined;
}

/**
 * Swaps the launch token of the address for this browser's session cookie, and takes it out of the address and the history.
 * False when the engine refuses the token; true when there was none to swap.
 */
export async function openSession(): Promise<boolean> {
  const token = tokenOfFragment(location.hash);
  if (!token) return true;
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
    credentials: 'same-origin',
  });
  history.replaceState(null, '', location.pathname + location.search);
  return answer.ok;
}
