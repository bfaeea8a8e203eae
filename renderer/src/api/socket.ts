import { RPCLink } from '@orpc/client/websocket';
import { backoffMs } from './backoff.ts';
import { linkDown, linkUp } from './connection.ts';
import { openSession, tokenOfFragment } from './session.ts';

/** Keeps a WebSocket to the engine of this page's origin, for a browser. Never returns. */
export async function keepSocket(): Promise<void> {
  let failures = 0;
  for (;;) {
    let refused = false;
    try {
      refused = !(await openSession());
      if (!refused) {
        await oneSocket(() => {
          failures = 0;
        });
      }
    } catch {
      // The engine cannot be reached at all; the status line says so, and the next attempt follows.
    }
    failures += 1;
    linkDown(refused || (await signedOut()) ? 'refused' : 'lost');
    await pauseOrNewLink(backoffMs(failures));
  }
}

/** Opens one socket and resolves when it is closed. */
function oneSocket(opened: () => void): Promise<void> {
  const address = new URL('/rpc', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const websocket = new WebSocket(address);
  return new Promise((resolve) => {
    websocket.addEventListener('open', () => {
      opened();
      linkUp(new RPCLink({ websocket }));
    });
    websocket.addEventListener('close', () => resolve());
  });
}

/** Resolves after the pause, or as soon as a link with a new token is put into this window's address: that loads nothing. */
function pauseOrNewLink(pauseMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('hashchange', look);
      resolve();
    };
    const look = () => tokenOfFragment(location.hash) && end();
    const timer = setTimeout(end, pauseMs);
    addEventListener('hashchange', look);
  });
}

/** True when the engine answers but does not know this browser: a closed socket alone does not tell. */
async function signedOut(): Promise<boolean> {
  try {
    const answer = await fetch('/session', { credentials: 'same-origin' });
    return answer.status === 401 || answer.status === 403;
  } catch {
    return false;
  }
}
