import { app, dialog, type MessageBoxOptions } from 'electron';
import type { ErrorSentence } from '#shared/domain/errors.ts';
import { messages } from '#shared/i18n/messages.ts';

/** The shell's words, in the system's language where we speak it. Asked when the app is ready: before, it has none. */
function words() {
  const language = app.getLocale().slice(0, 2) as keyof typeof messages;
  return (messages[language] ?? messages.en).shell;
}

/** Tells that the engine ended by itself and was started again. */
export function tellRestarted(exitCode: number): void {
  void dialog.showMessageBox({ type: 'warning', message: words().lost, detail: afterLoss(exitCode) });
}

/** Asks what to do about an engine that does not live. True: start it again. */
export function askToRestart(exitCode: number): Promise<boolean> {
  return ask({ message: words().lostAgain, detail: afterLoss(exitCode) }, words().startAgain);
}

/** Shows why the engine cannot work. True: try once more. */
export function askAboutRefusal({ problem, safe, remedy }: ErrorSentence): Promise<boolean> {
  const detail = [safe, remedy].filter((part) => part !== undefined).join('\n\n');
  return ask({ message: problem, detail }, words().tryAgain);
}

async function ask(said: MessageBoxOptions, yes: string): Promise<boolean> {
  const buttons = [yes, words().quit];
  const { response } = await dialog.showMessageBox({
    type: 'error',
    buttons,
    defaultId: 0,
    cancelId: 1,
    ...said,
  });
  return response === 0;
}

function afterLoss(exitCode: number): string {
  return `${words().safe}\n\n${words().log.replace('{{exitCode}}', String(exitCode))}`;
}
