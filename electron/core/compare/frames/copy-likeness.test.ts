import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accessRaster, accessVideoFilters } from '#core/ffmpeg/access-copy-arguments.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { accessFrameOf } from '#shared/domain/access-frames.ts';
import { copyLikeness } from '#shared/domain/copy-likeness.ts';
import type { VideoFormat } from '#shared/domain/formats.ts';
import type { MeasuredPlane } from '#shared/domain/picture-metrics.ts';
import { masterProfileSchema } from '#shared/domain/profiles.ts';

const { ffmpegPath } = await locateFfmpeg();
const profile = masterProfileSchema.parse(
  JSON.parse(
    readFileSync(new URL('../../../../resources/profiles/master/ffv1-10bit.json', import.meta.url), 'utf8'),
  ),
);
const common = { pixelFormat: 'yuv422p10le' } as const;
const pal: VideoFormat = {
  ...{ ...common, standard: 'PAL', width: 720, height: 576, frameRate: { num: 25, den: 1 } },
  fieldOrder: 'tff',
};
const ntsc: VideoFormat = {
  ...{ ...common, standard: 'NTSC', width: 720, height: 486, frameRate: { num: 30000, den: 1001 } },
  fieldOrder: 'bff',
};

/** Luma of a frame of something that moves from field to field, and of the pictures that the recipe makes of it; nothing is encoded. */
async function masterAndCopy(video: VideoFormat) {
  const { width, height, frameRate, fieldOrder } = video;
  const source = { video, profile, essence: 'encode' } as const;
  const { keptLines, cutTopLines, width: copyWidth = 0 } = accessRaster(source);
  const isInterlaced = fieldOrder !== 'progressive';
  const moving = [
    `testsrc2=s=${width}x${height}:r=${(isInterlaced ? 2 : 1) * frameRate.num}/${frameRate.den}`,
    'format=yuv422p10le',
    ...(isInterlaced ? [`tinterlace=interleave_${fieldOrder === 'bff' ? 'bottom' : 'top'}`] : []),
    ...(isInterlaced ? [`setfield=${fieldOrder}`] : []),
  ];
  const frame = 1;
  const lumaOf = async (filters: string[], number: number, format: string) => {
    const end = await runFfmpeg(ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', filters.join(','), '-vf', `select=eq(n\\,${number})`],
      ...['-frames:v', '1', '-fps_mode', 'passthrough', '-pix_fmt', format, '-f', 'rawvideo', 'pipe:1'],
    ]);
    if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
    return end.stdout;
  };
  const raw = Uint8Array.from(await lumaOf(moving, frame, 'yuv422p10le'));
  const master = { samples: new Uint16Array(raw.buffer, 0, width * height), width, bitDepth: 10 };
  const copies = [];
  for (const field of isInterlaced ? ([0, 1] as const) : ([0] as const)) {
    const number = accessFrameOf(video, frame, field);
    const samples = await lumaOf([...moving, ...accessVideoFilters(source)], number, 'yuv420p');
    copies.push({ samples, width: copyWidth, bitDepth: 8 });
  }
  return { master, copies, lines: keptLines, cutTopLines };
}

describe('a region of a master and its access copy', () => {
  it.each([
    ['PAL', pal, 0],
    ['NTSC', ntsc, 1],
  ] as const)('of %s is told to be what the recipe made of it', async (_, video, earlier) => {
    const { master, copies, lines, cutTopLines } = await masterAndCopy(video);
    const region = { x: 100, y: 40, width: 401, height: 301 };
    const psnrDb = (copy: number, changes: object) => {
      const place = { cutTopLines, lines, kept: earlier, ...changes };
      return copyLikeness(master, copies[copy] as MeasuredPlane, region, place)?.psnrDb ?? Number.NaN;
    };
    const later = earlier === 0 ? 1 : 0;
    for (const right of [psnrDb(0, {}), psnrDb(1, { kept: later })]) expect(right).toBeGreaterThan(54);
    const wrong = [
      psnrDb(0, { kept: later }),
      psnrDb(1, { kept: earlier }),
      psnrDb(0, { kept: 'all' }),
      psnrDb(0, { cutTopLines: cutTopLines + 2 }),
    ];
    for (const one of wrong) expect(one).toBeLessThan(40);
  });
});
