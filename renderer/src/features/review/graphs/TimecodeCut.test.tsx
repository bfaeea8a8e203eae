import { expect, test } from 'vitest';
import type { TapeTimecode } from '#shared/domain/timecode-runs.ts';
import { textOf } from '../../../ui/rendered.testbed.tsx';
import { TimecodeCut } from './TimecodeCut.tsx';

const timecode: TapeTimecode = {
  runs: Array.from({ length: 1200 }, (_, at) => ({
    ...{ source: 'card' as const, startFrame: at * 2, frames: 2, timecode: '10:00:00:00' },
  })),
  breaks: [{ frame: 2, source: 'card', kind: 'repeat', before: '10:00:00:01', after: '10:00:00:00' }],
  isCut: true,
};

test('a timecode that is not shown to its end says how far it is', () => {
  const said = textOf(<TimecodeCut timecode={timecode} />);
  expect(said).toContain('1,200 stretches, up to frame 2399');
  expect(textOf(<TimecodeCut timecode={{ ...timecode, isCut: false }} />)).toBe('');
  expect(textOf(<TimecodeCut timecode={undefined} />)).toBe('');
});
