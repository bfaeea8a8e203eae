import { expect, test } from 'vitest';
import { createAlarmTeller } from './tell-alarms.ts';

const at = '2026-11-22T20:00:00.000Z';

test('each alarm is told once with what to do, and its end once; work that gives way too', () => {
  const lines: string[] = [];
  const tell = createAlarmTeller({ note: (line) => void lines.push(line) });
  const lag = { kind: 'lag' as const, frame: 250, message: 'It is 3.0 s behind.', at, clearedFrame: null };
  tell({ alarms: [], gaveWay: [] });
  tell({ alarms: [lag], gaveWay: ['access'] });
  tell({ alarms: [lag], gaveWay: ['access'] });
  expect(lines).toEqual([
    'ALARM at frame 250: The recorder falls behind. It is 3.0 s behind.',
    '  What it means: Frames wait in the card faster than they are written. When its queue is full, frames are lost.',
    '  What to do: Close other programs now. Derived work gives way by itself.',
    'Gives way to the recorder: access copy.',
  ]);
  lines.length = 0;
  const dropped = { kind: 'frames-dropped' as const, frame: 900, message: 'Three.', at, clearedFrame: 901 };
  tell({ alarms: [{ ...lag, clearedFrame: 800 }, dropped], gaveWay: [] });
  tell({ alarms: [{ ...lag, clearedFrame: 800 }, dropped], gaveWay: [] });
  expect(lines.filter((line) => !line.startsWith(' '))).toEqual([
    'Over at frame 800: The recorder falls behind.',
    'ALARM at frame 900: Frames were lost. Three.',
    'Over at frame 901: Frames were lost.',
    'Comes back: access copy.',
  ]);
});
