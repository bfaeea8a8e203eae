import { capture } from '../features/capture/transport.ts';
import { useOverlays } from '../state/overlays.ts';
import { goTo, type Screen } from '../state/place.ts';
import { languages, usePreferences } from '../state/preferences.ts';
import type { Command } from './command.ts';
import { graphCommands } from './graphs.ts';
import { judgingCommands } from './judging.ts';
import { transportCommands, viewerCommands } from './review.ts';

const screenCommand = (screen: Screen, key: string): Command => ({
  id: `go.${screen}`,
  keys: [`alt+${key}`],
  scope: 'everywhere',
  title: `command.go.${screen}`,
  run: () => goTo({ screen }),
});

function grouped(group: NonNullable<Command['group']>, members: readonly Command[]): Command[] {
  return members.map((command) => ({ ...command, group }));
}

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
    id: 'people',
    keys: ['alt+p'],
    scope: 'everywhere',
    title: 'command.people',
    run: () => goTo({ screen: 'station', item: 'people' }),
  },
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
  ...grouped('help.moving', transportCommands),
  ...grouped('help.looking', viewerCommands),
  ...grouped('help.graphs', graphCommands),
  ...grouped('help.judging', judgingCommands),
];

/** The commands of a screen, its own before those of everywhere. */
export function commandsOf(screen: Screen): Command[] {
  return [
    ...commands.filter((command) => command.scope === screen),
    ...commands.filter((command) => command.scope === 'everywhere'),
  ];
}
