import { useCursor } from '../features/review/cursor.ts';
import { threshold } from '../features/review/graphs/threshold.ts';
import { timeView } from '../features/review/graphs/time-view.ts';
import { useChooser } from '../features/review/graphs/use-chooser.ts';
import type { Command } from './command.ts';

function command(
  id: string,
  title: Command['title'],
  keys: readonly string[],
  run: () => unknown,
  available: () => boolean = timeView.isOpen,
): Command {
  return { id: `graph.${id}`, keys, scope: 'review', title, available, run: () => void run() };
}

/** What moves the graphs of a pass, and goes along them. */
export const graphCommands: readonly Command[] = [
  command('zoomIn', 'command.review.zoomIn', ['shift+arrowup'], () =>
    timeView.zoomAtCursor(0.5, useCursor.getState().frame),
  ),
  command('zoomOut', 'command.review.zoomOut', ['shift+arrowdown'], () =>
    timeView.zoomAtCursor(2, useCursor.getState().frame),
  ),
  command('whole', 'command.review.whole', ['shift+home'], () => timeView.whole()),
  command('panBack', 'command.review.panBack', ['shift+pageup'], () => timeView.panByShare(-0.5)),
  command('panOn', 'command.review.panOn', ['shift+pagedown'], () => timeView.panByShare(0.5)),
  command(
    'previousExcursion',
    'command.review.previousExcursion',
    ['shift+e'],
    () => threshold.step(-1),
    threshold.isSet,
  ),
  command('nextExcursion', 'command.review.nextExcursion', ['e'], () => threshold.step(1), threshold.isSet),
  command('chooseGraphs', 'command.review.chooseGraphs', ['shift+g'], () =>
    useChooser.setState((before) => ({ isOpen: !before.isOpen })),
  ),
];
