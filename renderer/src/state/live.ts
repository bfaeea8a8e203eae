import { create } from 'zustand';
import { engine } from '../api/client.ts';
import { useConnection } from '../api/connection.ts';
import { isFromEngine } from '../api/sentence.ts';
import { emptyView, type LiveView, takeIn } from './live-reducer.ts';

/** What happens now: running captures, derived work, the log's head. */
export const useLive = create<LiveView>()(() => emptyView);

/**
 * Follows the engine's live messages for as long as the page stands: on every new link, and after a gap, from a fresh
 * snapshot. What was last known stays on the screen in the meantime, under the status line's word that the link is lost.
 */
export function followLive(): void {
  let subscription = new AbortController();
  let followed = 0;
  const restart = () => {
    subscription.abort();
    subscription = new AbortController();
    void follow(subscription.signal, restart);
  };
  const look = ({ generation, link }: { generation: number; link: unknown }) => {
    if (!link || generation === followed) return;
    followed = generation;
    restart();
  };
  useConnection.subscribe(look);
  look(useConnection.getState());
}

async function follow(signal: AbortSignal, restart: () => void): Promise<void> {
  try {
    for await (const message of await engine.live.subscribe(undefined, { signal })) {
      if (signal.aborted) return;
      const next = takeIn(useLive.getState(), message);
      if (next === 'gap') return restart();
      useLive.setState(next);
    }
  } catch (error) {
    // A broken link ends the stream too, and the next link starts a new one; what the engine itself says has to be seen.
    if (isFromEngine(error)) reportError(error);
  }
  await new Promise((resolve) => setTimeout(resolve, againMs));
  if (!signal.aborted) restart();
}

/** Pause before a stream that ended by itself is asked for again, in milliseconds. */
const againMs = 1_000;
