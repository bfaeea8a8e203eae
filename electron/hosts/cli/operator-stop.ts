import type { Output } from './output.ts';

export interface OperatorStop extends Disposable {
  /** Throws what the stop threw. */
  throwIfFailed(): void;
}

/** A terminal's Ctrl-C reaches this process twice, by its group and by the launcher that passes it on. */
const sameKeypressMs = 400;

/**
 * Ctrl-C once stops in order; again, it ends this program: that loses nothing, for the stop is written down and the recorder is a
 * process of its own.
 */
export function operatorStop(output: Output, stop: () => Promise<void>): OperatorStop {
  let askedAtMs: number | undefined;
  let failure: unknown;
  const onSignal = (): void => {
    const nowMs = performance.now();
    if (askedAtMs === undefined) {
      askedAtMs = nowMs;
      output.note('Stopping in order. Ctrl-C again ends this program only; the recorder is left to itself.');
      stop().catch((error: unknown) => {
        failure = error;
      });
      return;
    }
    if (nowMs - askedAtMs < sameKeypressMs) return;
    output.note(
      'The recorder was already told to stop. Whether it has ended by now or not, see the pass through to its seal with: helical passes recover.',
    );
    process.exit(1);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    throwIfFailed() {
      if (failure !== undefined) throw failure;
    },
    [Symbol.dispose]() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
