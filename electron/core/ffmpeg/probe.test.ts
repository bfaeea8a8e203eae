import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from './locate.ts';
import { parseProbe, probe } from './probe.ts';
import { runFfmpeg } from './run.ts';

const { ffmpegPath, ffprobePath } = await locateFfmpeg();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-probe-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('probe', () => {
  it('describes an interlaced FFV1 master with audio and tags', async () => {
    const path = join(folder, 'master.mkv');
    const made = await runFfmpeg(ffmpegPath, [
      ...[
        '-f',
        'lavfi',
        '-i',
        'testsrc2=size=192x144:rate=25:duration=1',
        '-f',
        'lavfi',
        '-i',
        'sine=r=48000:d=1',
      ],
      ...['-vf', 'format=yuv422p10le,setfield=tff,setsar=12/11', '-c:v', 'ffv1', '-level', '3', '-g', '1'],
      ...[
        '-c:a',
        'pcm_s24le',
        '-colorspace',
        'smpte170m',
        '-field_order',
        'tb',
        '-metadata',
        'title=Tape one',
        path,
      ],
    ]);
    expect(made.reason).toBe('finished');
    const found = await probe(ffprobePath, path, { countPackets: true });
    expect(found.video).toHaveLength(1);
    expect(found.video[0]).toMatchObject({
      codec: 'ffv1',
      width: 192,
      height: 144,
      pixelFormat: 'yuv422p10le',
      colourMatrix: 'smpte170m',
      sampleAspect: { num: 12, den: 11 },
      frameRate: { num: 25, den: 1 },
      packetCount: 25,
      bitsPerSample: 10,
    });
    expect(found.audio[0]).toMatchObject({
      codec: 'pcm_s24le',
      sampleRateHz: 48_000,
      channels: 1,
      bitsPerSample: 24,
    });
    expect(found).toMatchObject({
      format: 'matroska,webm',
      durationSeconds: 1,
      tags: { title: 'Tape one' },
      other: [],
    });
  });

  it('refuses what is not media, and leaves it as it is', async () => {
    const path = join(folder, 'notes.txt');
    await writeFile(path, 'These are notes.');
    await expect(probe(ffprobePath, path)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('says that ffprobe is missing', async () => {
    await expect(probe('/nonexistent/ffprobe', 'x')).rejects.toMatchObject({ code: 'FFMPEG_MISSING' });
  });
});

describe('parseProbe', () => {
  it('keeps unknowns undefined: 0/0, N/A, absent', () => {
    const found = parseProbe(
      JSON.stringify({
        streams: [
          {
            index: 0,
            codec_type: 'video',
            width: 720,
            height: 576,
            r_frame_rate: '25/1',
            avg_frame_rate: '0/0',
            sample_aspect_ratio: '0:1',
            duration: 'N/A',
          },
          { index: 1, codec_type: 'data', codec_tag_string: 'tmcd', tags: { timecode: '10:00:00:00' } },
        ],
        format: { format_name: 'mov', duration: 'N/A' },
      }),
    );
    expect(found.video[0]).toMatchObject({
      averageFrameRate: undefined,
      sampleAspect: undefined,
      durationSeconds: undefined,
    });
    expect(found.other).toEqual([
      { index: 1, kind: 'data', codec: undefined, codecTag: 'tmcd', tags: { timecode: '10:00:00:00' } },
    ]);
    expect(found.durationSeconds).toBeUndefined();
  });
  it('refuses JSON that is not a report', () => {
    expect(() => parseProbe('{"streams":[]}')).toThrow();
  });
});
