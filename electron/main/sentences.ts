import { dialog } from 'electron';
import type { ErrorSentence } from '#shared/domain/errors.ts';

const whatIsSafe =
  'Recordings in progress go on: each is a program of its own. Masters on disk were not touched, and the log holds all that was written to it.';

/** Tells that the engine ended by itself and was started again. */
export function tellRestarted(exitCode: number): void {
  void dialog.showMessageBox({
    type: 'warning',
    message: 'The engine of Helical ended unexpectedly and was started again.',
    detail: `${whatIsSafe}\n\nThe engine takes running recordings back by itself. (Exit code ${exitCode}; its log is in the data folder.)`,
  });
}

/** Asks what to do when the engine keeps ending. */
export async function askToRestart(exitCode: number): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The engine of Helical ended shortly after its start.',
    detail: `${whatIsSafe}\n\nExit code ${exitCode}; its log is in the data folder.`,
    buttons: ['Start again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

export async function tellRefusal({ problem, safe, remedy }: ErrorSentence): Promise<void> {
  const detail = [safe, remedy].filter((part) => part !== undefined).join('\n\n');
  await dialog.showMessageBox({ type: 'error', message: problem, detail });
}
