import type { Output } from './output.ts';

export interface OperatorStop extends Disposable {
  /** Throws what the stop threw. */
  throwIfFailed(): void;
}

/** A terminal's Ctrl-C reaches this process twice, by its group and by the launcher that passes it on. */
const sameKeypressMs = 400;

/** Ctrl-C once stops in order; again, it ends this program and leaves the recorder running: that loses nothing. */
export function operatorStop(output: Output, stop: () => Promise<void>): OperatorStop {
  let askedAtMs: number | undefined;
  let failure: unknown;
  const onSignal = (): void => {
    const nowMs = performance.now();
    if (askedAtMs === undefined) {
      askedAtMs = nowMs;
      output.note('Stopping in order. Ctrl-C again leaves the recorder running and ends this program.');
      stop().catch((error: unknown) => {
        failure = error;
      });
      return;
    }
    if (nowMs - askedAtMs < sameKeypressMs) return;
    output.note('The recorder goes on by itself. Take it back with: helical passes recover.');
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
