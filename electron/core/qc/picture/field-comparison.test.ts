import { expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { decodePictures, measurePictures } from './decoded-pictures.fixture.ts';
import { fieldComparison } from './field-comparison.ts';
import { pictureEdges } from './picture-edges.ts';

const [width, height, frames] = [182, 148, 3];
const weave = 'tinterlace=mode=interleave_top,noise=alls=12:allf=t';
const scene = `testsrc2=s=${width - 14}x${height - 10}:r=50,pad=${width}:${height}:6:4:black,${weave}`;

async function printed(graph: string): Promise<Map<string, number>[]> {
  const { ffmpegPath } = await locateFfmpeg();
  const end = await runTool(ffmpegPath, [
    ...[
      '-v',
      'error',
      '-nostdin',
      '-f',
      'lavfi',
      '-i',
      graph,
      '-frames:v',
      String(frames),
      '-f',
      'null',
      '-',
    ],
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

it.each(['yuv422p10le', 'yuv420p', 'yuv444p12le'])(
  'says of fields and edges what ffmpeg says, in %s',
  async (pixelFormat) => {
    const picture = `${scene},format=${pixelFormat}`;
    const decoded = await decodePictures({ graph: picture }, { width, height, pixelFormat, frames });
    const series = measurePictures(decoded, [fieldComparison, pictureEdges]);
    const fields = `${picture},split[a][b];[a]field=top[t];[b]field=bottom[o];[t][o]`;
    const [errors, likeness, edges] = await Promise.all([
      printed(`${fields}psnr,metadata=print:file=-`),
      printed(`${fields}ssim,metadata=print:file=-`),
      printed(`${picture},cropdetect=limit=24/255:round=1:reset=1:skip=0,metadata=print:file=-`),
    ]);
    for (let frame = 0; frame < frames; frame++) {
      const of = (id: string) => series.column(id)[frame] as number;
      // ffmpeg prints mean square errors with two digits behind the point, similarities with six.
      for (const plane of ['Y', 'U', 'V']) {
        for (const figure of ['mse', 'psnr']) {
          const theirs = errors[frame]?.get(`lavfi.psnr.${figure}.${plane.toLowerCase()}`) as number;
          expect(Math.abs(of(`${figure}Fields${plane}`) - theirs), `${figure} of ${plane}`).toBeLessThan(
            0.006,
          );
        }
      }
      expect(Math.abs(of('ssimFieldsY') - (likeness[frame]?.get('lavfi.ssim.Y') as number))).toBeLessThan(
        1e-4,
      );
      for (const [id, key] of [
        ['cropLeft', 'x1'],
        ['cropRight', 'x2'],
        ['cropTop', 'y1'],
        ['cropBottom', 'y2'],
      ] as const) {
        const theirs = edges[frame]?.get(`lavfi.cropdetect.${key}`);
        expect({ id, value: of(id) }).toEqual({ id, value: theirs });
      }
    }
  },
);

it('finds no edges in black', async () => {
  const black = await decodePictures({ graph: 'color=black:s=192x144' }, { frames: 1 });
  expect(measurePictures(black, [pictureEdges]).column('cropLeft')[0]).toBeNaN();
});
