import { describe, expect, it } from 'vitest';
import { accessFrameOf, accessFramesPerFrame, hasCountedCopy, masterFrameOf } from './access-frames.ts';

describe('frames of the access copy', () => {
  it.each(['tff', 'bff'] as const)('are two for each frame of a master that is %s', (fieldOrder) => {
    const video = { fieldOrder };
    expect(accessFramesPerFrame(video)).toBe(2);
    expect([accessFrameOf(video, 0), accessFrameOf(video, 7), accessFrameOf(video, 7, 1)]).toEqual([
      0, 14, 15,
    ]);
    expect([masterFrameOf(video, 14), masterFrameOf(video, 15)]).toEqual([
      { frame: 7, field: 0 },
      { frame: 7, field: 1 },
    ]);
  });

  it('are those of a progressive master', () => {
    const video = { fieldOrder: 'progressive' } as const;
    expect([accessFrameOf(video, 7), accessFrameOf(video, 7, 1)]).toEqual([7, 7]);
    expect(masterFrameOf(video, 7)).toEqual({ frame: 7, field: 0 });
  });
});

it('are not told by their numbers beside a master with gaps', () => {
  const files = [{ role: 'master' as const }, { role: 'access' as const }];
  const timestamps = (ok: boolean) => ({ id: 'timestamps', ok });
  expect(hasCountedCopy({ files, sealChecks: [timestamps(true)] })).toBe(true);
  expect(hasCountedCopy({ files, sealChecks: [{ id: 'frame-count', ok: false }] })).toBe(true);
  expect(hasCountedCopy({ files, sealChecks: [timestamps(false)] })).toBe(false);
  expect(hasCountedCopy({ files: files.slice(0, 1), sealChecks: [] })).toBe(false);
});
