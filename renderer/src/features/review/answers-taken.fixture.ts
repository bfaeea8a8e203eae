/**
 * Resolves when everything that follows from answers given so far has happened: promises are handled before the next task. For what must not
 * happen; what must happen is waited for by itself. No time is waited for, and it holds only where nothing but a test answers.
 */
export function answersTaken(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
