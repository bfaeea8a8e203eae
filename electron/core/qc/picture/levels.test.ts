import { beforeAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { activeAreaOf } from './active-area.ts';
import { type DecodedPictures, decodePictures, measurePictures } from './decoded-pictures.fixture.ts';
import { differences } from './differences.ts';
import type { PictureInstrumentKind } from './instrument.ts';
import { levels } from './levels.ts';
import { outliers } from './outliers.ts';

const [width, height, frames] = [180, 146, 4];
/** Moving, noisy, saturated, with blanking around it: everything that signalstats looks at. */
const scene = `testsrc2=s=${width}x${height}:r=25,noise=alls=20:allf=t,drawbox=w=2:h=ih:color=black:t=fill`;

/** ffmpeg's figures for each frame of the scene, cut to an area first. */
async function signalstats(pixelFormat: string, crop: string): Promise<Map<string, number>[]> {
  const { ffmpegPath } = await locateFfmpeg();
  const filters = `format=${pixelFormat}${crop},signalstats=stat=tout+vrep+brng,entropy,metadata=print:file=-`;
  const end = await runTool(ffmpegPath, [
    ...['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', `${scene},${filters}`],
    ...['-frames:v', String(frames), '-f', 'null', '-'],
  ]);
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  const found: Map<string, number>[] = [];
  for (const line of end.stdout.toString('latin1').split('\n')) {
    if (line.startsWith('frame:')) found.push(new Map());
    const [key, value] = line.split('=');
    if (value !== undefined) found.at(-1)?.set(key as string, Number(value));
  }
  return found;
}

// 4:1:1 has other columns of chroma, which the edges of the area have to meet.
describe.each(['yuv422p10le', 'yuv422p', 'yuv411p'])('pictures in %s', (pixelFormat) => {
  let decoded: DecodedPictures;
  let said: Map<string, number>[];
  let saidOfAll: Map<string, number>[];
  beforeAll(async () => {
    decoded = await decodePictures(
      { graph: `${scene},format=${pixelFormat}` },
      { width, height, pixelFormat, frames },
    );
    const { left, top, right, bottom } = activeAreaOf(decoded.raster).luma;
    said = await signalstats(pixelFormat, `,crop=${right - left}:${bottom - top}:${left}:${top}`);
    saidOfAll = await signalstats(pixelFormat, '');
  });

  /** ffmpeg prints six digits; it rounds percentiles and roots as we do, so that nothing else may differ. */
  const close = (ours: number, theirs: number) =>
    expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(Math.abs(theirs) * 6e-6 + 1e-9);

  it.each([levels, differences, outliers])(
    '$name says what signalstats and entropy say',
    (kind: PictureInstrumentKind) => {
      const series = measurePictures(decoded, [kind]);
      for (const { id, key } of kind.measures) {
        if (key === undefined || (id === 'tout' && decoded.raster.bitDepth > 8)) continue;
        for (let frame = 0; frame < frames; frame++) {
          const theirs = said[frame]?.get(key) as number;
          expect({ id, frame, value: theirs }).not.toMatchObject({ value: undefined });
          close(series.column(id)[frame] as number, theirs);
        }
      }
    },
  );

  it('levels of the whole picture are those of signalstats without a cut', () => {
    const series = measurePictures(decoded, [levels]);
    for (const { id } of levels.measures) {
      if (!id.endsWith('Whole')) continue;
      const key = `lavfi.signalstats.${id.slice(0, -'Whole'.length).toUpperCase()}`;
      for (let frame = 0; frame < frames; frame++) {
        close(series.column(id)[frame] as number, saidOfAll[frame]?.get(key) as number);
      }
    }
  });

  it('outliers are those of all bits, where signalstats looks at the lowest eight alone', () => {
    // vf_signalstats.c hands samples of sixteen bits to a function that takes eight: with the others cut off we agree.
    const pictures = decoded.pictures.map((picture) => ({
      ...picture,
      y: picture.y.map((code) => code & 255),
    }));
    const series = measurePictures({ ...decoded, pictures }, [outliers]);
    for (let frame = 0; frame < frames; frame++) {
      close(series.column('tout')[frame] as number, said[frame]?.get('lavfi.signalstats.TOUT') as number);
    }
  });
});
