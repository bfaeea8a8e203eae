import type { ClientContext, ClientLink } from '@orpc/client';
import { create } from 'zustand';

type Link = ClientLink<ClientContext>;

export interface Connection {
  state: 'connecting' | 'connected' | 'lost' | 'refused';
  /** Counts the links: whatever streams over one has to be asked for again on the next. */
  generation: number;
  link: Link | null;
}

/** The one link to the engine, and whether it stands. */
export const useConnection = create<Connection>()(() => ({ state: 'connecting', generation: 0, link: null }));

/** The link is broken, or the engine does not take it: what is on the screen is what was last known. */
export const hasNoLink = ({ state }: Pick<Connection, 'state'>): boolean =>
  state === 'lost' || state === 'refused';

/** A new link stands. */
export function linkUp(link: Link): void {
  useConnection.setState((before) => ({ state: 'connected', generation: before.generation + 1, link }));
}

/** The link broke. Calls wait until the next one stands. */
export function linkDown(state: 'lost' | 'refused'): void {
  useConnection.setState({ state, link: null });
}

/** The link that stands, or the next one that does. Rejects with the signal's reason when it is aborted first. */
export function standingLink(signal?: AbortSignal): Promise<Link> {
  const { link } = useConnection.getState();
  if (link) return Promise.resolve(link);
  return new Promise((resolve, reject) => {
    const stop = useConnection.subscribe((next) => {
      if (!next.link) return;
      stop();
      resolve(next.link);
    });
    signal?.addEventListener(
      'abort',
      () => {
        stop();
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
