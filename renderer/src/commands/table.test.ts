import { describe, expect, test } from 'vitest';
import { messages } from '#shared/i18n/messages.ts';
import { screens } from '../state/place.ts';
import { chordOf, isCharacter } from './keys.ts';
import { commands, commandsOf } from './table.ts';

describe('the table of commands', () => {
  test('names each command once', () => {
    const ids = commands.map((command) => command.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(screens)('gives no key twice on the screen %s', (screen) => {
    const keys = commandsOf(screen).flatMap((command) => command.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('has a title in words for each command', () => {
    const titleOf = (key: string) =>
      key
        .split('.')
        .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], messages.en);
    expect(commands.filter((command) => typeof titleOf(command.title) !== 'string')).toEqual([]);
  });

  test('stops a recording only by a key that is held', () => {
    const stop = commands.find((command) => command.id === 'capture.stop');
    expect(stop).toMatchObject({ hold: true, scope: 'capture' });
  });

  test('takes single characters as the keyboard produces them, names by their key', () => {
    expect([',', 'shift+?', 'mod+k', '+', 'shift++', 'shift+>'].map(isCharacter)).toEqual(
      Array(6).fill(true),
    );
    expect(['shift++', '+', 'mod+k'].map(chordOf)).toEqual([['shift', '+'], ['+'], ['mod', 'k']]);
    expect(['arrowleft', 'shift+arrowright', 'enter'].map(isCharacter)).toEqual([false, false, false]);
  });
});
