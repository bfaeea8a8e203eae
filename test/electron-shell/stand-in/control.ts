import { cdpAddress } from './chromium.ts';

/** The spec's questions, over the IPC of `fork`. */
export type Question =
  | { id: number; kind: 'evaluate'; source: string; argument: unknown }
  | { id: number; kind: 'cdp' };
export type Answer = { id: number; value: unknown } | { id: number; error: string };

/** Runs a function of the spec in this process, as playwright's `electronApp.evaluate` does in Electron's. */
export function answerControl(electron: object): void {
  // The simulator's player is started without a spec to answer.
  if (!process.send) return;
  const answer = async (question: Question): Promise<unknown> => {
    if (question.kind === 'cdp') return cdpAddress;
    const run = new Function('electron', 'argument', `return (${question.source})(electron, argument)`);
    return run(electron, question.argument);
  };
  process.on('message', async (question: Question) => {
    try {
      process.send?.({ id: question.id, value: await answer(question) } satisfies Answer);
    } catch (error) {
      process.send?.({ id: question.id, error: String((error as Error).stack) } satisfies Answer);
    }
  });
}
