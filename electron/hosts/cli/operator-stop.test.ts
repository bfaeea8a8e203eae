import { expect, test, vi } from 'vitest';
import { operatorStop } from './operator-stop.ts';
import type { Output } from './output.ts';

test('a second Ctrl-C says that the recorder was told to stop already, and not that it goes on', () => {
  const notes: string[] = [];
  const output = { note: (text: string) => notes.push(text) } as unknown as Output;
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
  const now = vi.spyOn(performance, 'now').mockReturnValue(10_000);
  const before = new Set(process.listeners('SIGINT'));
  let stops = 0;
  try {
    using _ = operatorStop(output, async () => {
      stops += 1;
    });
    const press = () => {
      for (const listener of process.listeners('SIGINT')) if (!before.has(listener)) listener('SIGINT');
    };
    press();
    // The launcher passes the same keypress on.
    press();
    expect(exit).not.toHaveBeenCalled();
    now.mockReturnValue(12_000);
    press();
  } finally {
    vi.restoreAllMocks();
  }
  expect(stops).toBe(1);
  expect(notes).toHaveLength(2);
  expect(notes[1]).toContain('already told to stop');
  expect(notes[1]).toContain('helical passes recover');
  expect(notes.join(' ')).not.toContain('goes on');
});
