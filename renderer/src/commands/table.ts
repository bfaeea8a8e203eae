import type { ParseKeys } from 'i18next';
import { capture } from '../features/capture/transport.ts';
import { review } from '../features/review/cursor.ts';
import { useChosen } from '../features/review/event-in-sight.ts';
import { useOverlays } from '../state/overlays.ts';
import { goTo, type Screen } from '../state/place.ts';
import { languages, usePreferences } from '../state/preferences.ts';

/** Something a person can do, with the keys that do it. The palette, the help sheet and the key handler all read this. */
export interface Command {
  id: string;
  /** Each as the key handler reads it, e.g. `mod+k`; a single character means what the keyboard produces. */
  keys: readonly string[];
  /** The screen it belongs to; `everywhere` for all of them. */
  scope: Screen | 'everywhere';
  title: ParseKeys;
  /** True: works only while the key stays down for the hold time. */
  hold?: boolean;
  /** True: is not offered in the palette, since it means nothing without its key. */
  keyOnly?: boolean;
  /** False: it would do nothing now, and is not offered. */
  available?(): boolean;
  run(key?: string): void;
}

const screenCommand = (screen: Screen, key: string): Command => ({
  id: `go.${screen}`,
  keys: [`alt+${key}`],
  scope: 'everywhere',
  title: `command.go.${screen}`,
  run: () => goTo({ screen }),
});

export const commands: readonly Command[] = [
  {
    id: 'palette',
    keys: ['mod+k'],
    scope: 'everywhere',
    title: 'command.palette',
    keyOnly: true,
    run: () => useOverlays.setState((before) => ({ palette: !before.palette, help: false })),
  },
  {
    id: 'help',
    keys: ['?', 'shift+?'],
    scope: 'everywhere',
    title: 'command.help',
    run: () => useOverlays.setState((before) => ({ help: !before.help, palette: false })),
  },
  screenCommand('tapes', '1'),
  screenCommand('capture', '2'),
  screenCommand('review', '3'),
  screenCommand('batches', '4'),
  screenCommand('log', '5'),
  screenCommand('station', '6'),
  {
    id: 'theme',
    keys: [],
    scope: 'everywhere',
    title: 'command.theme',
    run: () => usePreferences.getState().toggleTheme(),
  },
  ...languages.map(
    (language): Command => ({
      id: `language.${language}`,
      keys: [],
      scope: 'everywhere',
      title: `command.language.${language}`,
      run: () => usePreferences.getState().setLanguage(language),
    }),
  ),
  {
    id: 'capture.record',
    keys: ['shift+r'],
    scope: 'capture',
    title: 'command.capture.record',
    available: () => capture.canRecord(),
    run: () => capture.record(),
  },
  {
    id: 'capture.mark',
    keys: ['m'],
    scope: 'capture',
    title: 'command.capture.mark',
    available: () => capture.canMark(),
    run: () => capture.mark(),
  },
  {
    id: 'capture.stop',
    keys: ['s'],
    scope: 'capture',
    title: 'command.capture.stop',
    hold: true,
    keyOnly: true,
    run: () => capture.stop(),
  },
  {
    id: 'capture.safeArea',
    keys: ['o'],
    scope: 'capture',
    title: 'command.capture.safeArea',
    run: () => usePreferences.getState().toggleSafeArea(),
  },
  {
    id: 'review.previousFrame',
    keys: ['arrowleft'],
    scope: 'review',
    title: 'command.review.previousFrame',
    keyOnly: true,
    run: () => review.step(-1),
  },
  {
    id: 'review.nextFrame',
    keys: ['arrowright'],
    scope: 'review',
    title: 'command.review.nextFrame',
    keyOnly: true,
    run: () => review.step(1),
  },
  {
    id: 'review.tenBack',
    keys: ['shift+arrowleft'],
    scope: 'review',
    title: 'command.review.tenBack',
    keyOnly: true,
    run: () => review.step(-10),
  },
  {
    id: 'review.tenOn',
    keys: ['shift+arrowright'],
    scope: 'review',
    title: 'command.review.tenOn',
    keyOnly: true,
    run: () => review.step(10),
  },
  {
    id: 'review.first',
    keys: ['home'],
    scope: 'review',
    title: 'command.review.first',
    available: () => review.isOpen(),
    run: () => review.goTo(0),
  },
  {
    id: 'review.last',
    keys: ['end'],
    scope: 'review',
    title: 'command.review.last',
    available: () => review.isOpen(),
    run: () => review.goTo(Number.POSITIVE_INFINITY),
  },
  {
    id: 'review.previousEvent',
    keys: [','],
    scope: 'review',
    title: 'command.review.previousEvent',
    available: () => review.isOpen(),
    run: () => review.stepEvent(-1),
  },
  {
    id: 'review.nextEvent',
    keys: ['.'],
    scope: 'review',
    title: 'command.review.nextEvent',
    available: () => review.isOpen(),
    run: () => review.stepEvent(1),
  },
  {
    id: 'review.play',
    keys: ['k'],
    scope: 'review',
    title: 'command.review.play',
    available: () => review.isOpen(),
    run: () => review.togglePlay(),
  },
  {
    id: 'review.intend',
    keys: ['i'],
    scope: 'review',
    title: 'command.review.intend',
    available: () => review.isOpen(),
    run: () => useChosen.setState({ isSaying: true }),
  },
  {
    id: 'review.digits',
    keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':'].flatMap((key) => [key, `shift+${key}`]),
    scope: 'review',
    title: 'command.review.digits',
    keyOnly: true,
    run: (key) => key && review.type(key),
  },
  {
    id: 'review.erase',
    keys: ['backspace'],
    scope: 'review',
    title: 'command.review.erase',
    keyOnly: true,
    run: () => review.erase(),
  },
  {
    id: 'review.goToTyped',
    keys: ['enter'],
    scope: 'review',
    title: 'command.review.goToTyped',
    keyOnly: true,
    run: () => review.goToTyped(),
  },
];

/** The commands of a screen, its own before those of everywhere. */
export function commandsOf(screen: Screen): Command[] {
  return [
    ...commands.filter((command) => command.scope === screen),
    ...commands.filter((command) => command.scope === 'everywhere'),
  ];
}
