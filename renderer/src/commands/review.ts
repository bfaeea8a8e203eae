import { certifying } from '../features/review/compare/certifying.ts';
import { comparison, viewModes } from '../features/review/comparison.ts';
import { review, useCursor } from '../features/review/cursor.ts';
import { exporting } from '../features/review/exporting.ts';
import { useRegion } from '../features/review/region.ts';
import { side } from '../features/review/side.ts';
import { holdShown } from '../features/review/viewer/hold-shown.ts';
import { usePointer, useShown } from '../features/review/viewer/shown.ts';
import type { Command } from './command.ts';

const isOpen = () => review.isOpen();
const hasB = () => comparison.hasB();
/** A place is being typed: its box says that Enter goes there. */
const isTyping = () => useCursor.getState().typed.text !== '';

/** A key that means nothing in the palette. */
function move(id: string, title: Command['title'], keys: readonly string[], run: Command['run']): Command {
  return { id: `review.${id}`, keys, scope: 'review', title, keyOnly: true, run };
}

function command(
  id: string,
  title: Command['title'],
  keys: readonly string[],
  run: () => unknown,
  available: () => boolean = isOpen,
): Command {
  return { id: `review.${id}`, keys, scope: 'review', title, available, run: () => void run() };
}

/** A character as keyboards make it with and without the shift key. */
const character = (key: string) => [key, `shift+${key}`];

/** What moves the cursor through a pass. */
export const transportCommands: readonly Command[] = [
  move('previousFrame', 'command.review.previousFrame', ['arrowleft'], () => review.step(-1)),
  move('nextFrame', 'command.review.nextFrame', ['arrowright'], () => review.step(1)),
  move('tenBack', 'command.review.tenBack', ['shift+arrowleft'], () => review.step(-10)),
  move('tenOn', 'command.review.tenOn', ['shift+arrowright'], () => review.step(10)),
  move('fieldBack', 'command.review.fieldBack', ['arrowup'], () => review.stepField(-1)),
  move('fieldOn', 'command.review.fieldOn', ['arrowdown'], () => review.stepField(1)),
  move('secondBack', 'command.review.secondBack', ['pageup'], () => review.stepSecond(-1)),
  move('secondOn', 'command.review.secondOn', ['pagedown'], () => review.stepSecond(1)),
  command('first', 'command.review.first', ['home'], () => review.goTo(0)),
  command('last', 'command.review.last', ['end'], () => review.goTo(Number.POSITIVE_INFINITY)),
  command('previousEvent', 'command.review.previousEvent', [','], () => stepEvent(-1)),
  command('nextEvent', 'command.review.nextEvent', ['.'], () => stepEvent(1)),
  command('play', 'command.review.play', ['space'], () => review.togglePlay()),
  move('shuttleBack', 'command.review.shuttleBack', ['j'], () => review.shuttle(-1)),
  move('stop', 'command.review.stop', ['k'], () => review.stop()),
  move('shuttleOn', 'command.review.shuttleOn', ['l'], () => review.shuttle(1)),
  command('markIn', 'command.review.markIn', character('['), () => review.markIn()),
  command('markOut', 'command.review.markOut', character(']'), () => review.markOut()),
  command('loop', 'command.review.loop', character('\\'), () => review.toggleLoop()),
  command('unmark', 'command.review.unmark', [], () => review.unmark()),
  {
    ...move(
      'digits',
      'command.review.digits',
      ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':'].flatMap(character),
      (key) => key && review.type(key),
    ),
    cap: '0–9',
  },
  {
    ...move('erase', 'command.review.erase', ['backspace'], () => review.erase()),
    claimsKey: isTyping,
  },
  {
    ...move('goToTyped', 'command.review.goToTyped', ['enter'], () => review.goToTyped()),
    claimsKey: isTyping,
  },
  move('untype', 'command.review.untype', ['escape'], forget),
  { ...move('paste', 'command.review.paste', ['mod+v'], () => undefined), isNative: true },
];

/** What stands beside the master, and how both are looked at. */
export const viewerCommands: readonly Command[] = [
  ...viewModes.map(
    (mode): Command =>
      command(`mode.${mode}`, `command.viewer.mode.${mode}`, [], () => comparison.setMode(mode), hasB),
  ),
  command('nextB', 'command.viewer.nextB', ['b'], () => comparison.nextB()),
  command('noB', 'command.viewer.noB', ['shift+b'], () => comparison.choose({ kind: 'none' }), hasB),
  command('hold', 'command.viewer.hold', ['h'], holdShown),
  command('swap', 'command.viewer.swap', ['x'], () => comparison.swap(), hasB),
  command(
    'align',
    'command.viewer.align',
    ['g'],
    () => side.align(),
    () => comparison.canAlign(),
  ),
  command(
    'earlier',
    'command.viewer.earlier',
    character('<'),
    () => comparison.shift(-1),
    () => comparison.canShift(),
  ),
  command(
    'later',
    'command.viewer.later',
    character('>'),
    () => comparison.shift(1),
    () => comparison.canShift(),
  ),
  command(
    'unshift',
    'command.viewer.unshift',
    [],
    () => comparison.unshift(),
    () => comparison.canShift(),
  ),
  command(
    'certify',
    'command.review.certify',
    ['shift+c'],
    () => side.certify(),
    () => certifying.isPossible(),
  ),
  command('exportReport', 'command.review.exportReport', ['s'], exporting.report, exporting.isPossible),
  command(
    'exportCertificate',
    'command.review.exportCertificate',
    ['shift+s'],
    exporting.certificate,
    exporting.isCertificatePossible,
  ),
  command('side', 'command.review.side', ['p'], side.toggle, side.canCompare),
  command('luma', 'command.viewer.luma', ['y'], () => comparison.toggleLuma()),
  command('field', 'command.viewer.field', ['f'], () => comparison.nextField()),
  command('zoomIn', 'command.viewer.zoomIn', character('+'), () =>
    comparison.zoomStep(1, usePointer.getState().point),
  ),
  command('zoomOut', 'command.viewer.zoomOut', character('-'), () => comparison.zoomStep(-1, null)),
  command('fit', 'command.viewer.fit', ['z'], () => comparison.zoom('fit')),
  command('one', 'command.viewer.one', ['shift+z'], () => comparison.zoom(1)),
  command('region', 'command.viewer.region', ['m'], () =>
    useRegion.setState((before) => ({ isDrawing: !before.isDrawing })),
  ),
  command('regionWhole', 'command.viewer.regionWhole', ['shift+m'], wholeRegion),
  command('noRegion', 'command.viewer.noRegion', [], () =>
    useRegion.setState({ region: null, isDrawing: false }),
  ),
];

/** To an event, which is then looked at. */
function stepEvent(direction: 1 | -1): void {
  side.showEvents();
  review.stepEvent(direction);
}

/** What was typed; where nothing was, the region. */
function forget(): void {
  if (isTyping()) review.untype();
  else useRegion.setState({ region: null, isDrawing: false });
}

function wholeRegion(): void {
  const picture = useShown.getState().pair?.a.picture;
  if (!picture) return;
  const { width, height } = picture.header;
  useRegion.setState({ region: { x: 0, y: 0, width, height }, isDrawing: false });
}
