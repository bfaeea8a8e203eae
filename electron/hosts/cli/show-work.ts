import type { Work } from '#shared/domain/live.ts';
import type { HelicalClient } from '../attach.ts';
import { bar, type Output } from './output.ts';

/** Shows how far the engine's long work has come while `run` waits for it. */
export async function showingWork<T>(
  client: HelicalClient,
  output: Output,
  run: () => Promise<T>,
): Promise<T> {
  const leaving = new AbortController();
  const messages = await client.live.subscribe(undefined, { signal: leaving.signal });
  const showing = (async () => {
    for await (const message of messages) {
      const work = message.kind === 'snapshot' ? message.state.work : message.work;
      const [current] = work ?? [];
      if (current) output.progress(wordWork(current));
    }
  })().catch((error: unknown) => {
    // Over a wire, leaving a stream in the middle of waiting ends it with an error.
    if (!leaving.signal.aborted) throw error;
  });
  try {
    return await run();
  } finally {
    leaving.abort();
    await showing;
    output.endProgress();
  }
}

function wordWork({ kind, label, done, total, unit }: Work): string {
  const amount = unit === 'bytes' ? `${(done / 1e6).toFixed(0)} MB` : `${done} ${unit}`;
  return [`${kind} ${label}`, ...(total ? [bar(done / total)] : []), amount].join('  ');
}
