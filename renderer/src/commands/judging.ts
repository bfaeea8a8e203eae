import { useChosen } from '../features/review/event-in-sight.ts';
import { judging } from '../features/review/judging/judging.ts';
import { side } from '../features/review/side.ts';
import type { Command } from './command.ts';

function command(
  id: string,
  keys: readonly string[],
  title: Command['title'],
  run: () => unknown,
  available: () => boolean = judging.isOpen,
): Command {
  return { id: `review.${id}`, keys, scope: 'review', title, available, run: () => void run() };
}

/** Nothing is judged that is not in sight: where the comparison is, the key only shows the event. */
function decide(judgement: 'accepted' | 'dismissed'): void {
  if (side.showsEvents()) judging.decide(judgement);
  else side.showEvents();
}

/** The chips are there once the event is. */
function askOrigin(): void {
  if (side.showsEvents()) judging.askOrigin();
  else side.showEvents();
}

/** What is said of a pass. A verdict opens its form: nothing is signed by one key. */
export const judgingCommands: readonly Command[] = [
  command('acceptEvent', ['v'], 'command.review.acceptEvent', () => decide('accepted'), judging.canDecide),
  command('dismissEvent', ['d'], 'command.review.dismissEvent', () => decide('dismissed'), judging.canDecide),
  command('origin', ['o'], 'command.review.origin', askOrigin, judging.canDecide),
  command(
    'intend',
    ['i'],
    'command.review.intend',
    () => {
      side.showEvents();
      useChosen.setState({ isSaying: true });
    },
    judging.canDecide,
  ),
  command('note', ['n'], 'command.review.note', () => judging.open({ kind: 'note' })),
  command('unwatched', ['u'], 'command.review.unwatched', judging.goToUnwatched),
  command('accept', ['a'], 'command.review.accept', () => judging.verdict('accept')),
  command('acceptWithNotes', ['w'], 'command.review.acceptWithNotes', () =>
    judging.verdict('accept-with-notes'),
  ),
  command('reject', ['r'], 'command.review.reject', () => judging.verdict('reject')),
  command('captureAgain', ['c'], 'command.review.captureAgain', () => judging.verdict('capture-again')),
  command('ask', ['q'], 'command.review.ask', () => judging.open({ kind: 'ask' })),
  command('take', ['t'], 'command.review.take', judging.take, () => true),
];
