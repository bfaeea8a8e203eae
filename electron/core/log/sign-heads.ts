import type { Log } from './log.ts';

/** What ends with these is worth a signature of its own: from then on nobody can take it back unseen. */
const endings = new Set(['pass.sealed', 'pass.failed', 'pass.recovered']);

/**
 * Signs the head of the log behind each pass that ends, and once a day when an engine starts on events that nothing
 * signed covers. Without it a log would stay unsigned until its first package.
 */
export function signHeads(
  log: Pick<Log, 'head' | 'checkpoint' | 'checkpoints' | 'onDidAppend'>,
  now: () => Date,
): Disposable {
  const last = log.checkpoints().at(-1);
  // Event 1 only names the key: there is nothing to be signed yet.
  const isUncovered = log.head().seq > (last?.seq ?? 1);
  if (isUncovered && dayOf(last?.signedAt) !== dayOf(now().toISOString())) log.checkpoint('day');
  return log.onDidAppend((events) => {
    if (events.some(({ type }) => endings.has(type))) log.checkpoint('pass');
  });
}

function dayOf(time: string | undefined): string | undefined {
  return time?.slice(0, 10);
}
