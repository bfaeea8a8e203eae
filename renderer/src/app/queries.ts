import { QueryClient } from '@tanstack/react-query';
import { useConnection } from '../api/connection.ts';
import { useLive } from '../state/live.ts';

/** What was read from the engine. Nothing is asked twice within a second; a sentence of the engine is not asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 1_000, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

/** Measurements of the machine follow no event of the log, and cost time: they are made again only when asked for. */
const notOfLog = ['capture.budget', 'station.doctor'];

/** True for what an event of the log may have changed. The key begins with the procedure's path. */
export function isOfLog({ queryKey }: { queryKey: readonly unknown[] }): boolean {
  const [path] = queryKey;
  return !(Array.isArray(path) && notOfLog.includes(path.join('.')));
}

/**
 * Every change of state is an event of the log: when the log has grown, or the link is a new one, whatever is on the
 * screen is read again. A short pause gathers events that come together.
 */
export function followLog(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void queries.invalidateQueries({ predicate: isOfLog }), 150);
  };
  useLive.subscribe((next, before) => {
    if (before.seq !== null && next.state.log.seq !== before.state.log.seq) again();
  });
  useConnection.subscribe((next, before) => {
    if (next.generation !== before.generation && before.generation > 0) again();
  });
}
