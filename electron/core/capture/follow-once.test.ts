import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PassId } from '#shared/domain/ids.ts';
import { followOnce } from './follow-once.ts';
import type { FollowRequest } from './follower-port.ts';
import type { CaptureOptions } from './ports.ts';
import type { RecorderRecord } from './recorder-record.ts';

/** Only what a run looks at. */
const record = {
  essence: 'encode',
  base: 'tape',
  masterName: 'tape.mkv',
  frameHashesName: 'tape.framemd5',
  audioHashesName: null,
  audio: null,
  video: { pixelFormat: 'yuv422p10le' },
  profile: { qcProfileId: 'any', master: { pixelFormat: 'yuv422p10le' } },
} as unknown as RecorderRecord;

it('follows a master without measurements where they cannot begin, and says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'helical-follow-once-'));
  try {
    const told: string[] = [];
    const asked: FollowRequest[] = [];
    const capture = {
      ffmpeg: { ffmpegPath: 'none' },
      logger: { error: () => undefined },
      measure: { open: () => Promise.reject(new Error('no thread')) },
      follow(request: FollowRequest) {
        asked.push(request);
        const ended = Promise.resolve({ reason: 'stopped' } as const);
        return { pid: 1, ended, giveWay: () => undefined, stop: async () => undefined };
      },
    } as unknown as CaptureOptions;
    const { end, tap } = await followOnce({
      ...{ capture, record, recordPath: join(folder, 'tape.json'), workDir: join(folder, 'work') },
      passId: 'p1' as PassId,
      masterComplete: Promise.resolve(),
      samplesPath: join(folder, 'tape.samples.arrows'),
      outputs: new Set(['frame-hashes', 'measures']),
      news: {
        started: async () => undefined,
        decoded: () => undefined,
        proved: () => undefined,
        timecode: () => undefined,
        problem: (message) => told.push(message),
      },
    });
    expect(end.reason).toBe('stopped');
    expect(tap).toBeUndefined();
    expect(asked).toMatchObject([{ tap: undefined }]);
    expect(told).toEqual(['Measuring did not start and has to be done again: no thread']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
