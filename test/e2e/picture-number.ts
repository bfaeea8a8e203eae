import { execa } from 'execa';
import type { Locator } from 'playwright-core';
import { readFrameNumber } from '#core/devices/simulator/frame-number.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';

const { ffmpegPath } = await locateFfmpeg();

/** Reads the tape's frame number out of the pixels of a picture as it stands on the screen; undefined where none is. */
export async function numberInSight(picture: Locator, raster: Raster): Promise<number | undefined> {
  return numberInPicture(await picture.screenshot(), raster);
}

interface Raster {
  width: number;
  height: number;
}

/** The same, out of a picture as PNG. */
export async function numberInPicture(
  png: Uint8Array,
  { width, height }: Raster,
): Promise<number | undefined> {
  const { stdout } = await execa(
    ffmpegPath,
    [
      ...['-v', 'error', '-f', 'png_pipe', '-i', 'pipe:0'],
      ...['-vf', `scale=${width}:${height}:flags=area,format=gray`, '-f', 'rawvideo', 'pipe:1'],
    ],
    { input: png, encoding: 'buffer' },
  );
  return readFrameNumber(stdout, width, height);
}

/** The brightest luma of a picture as it stands on the screen, 0 to 255, without its edges: a page's boxes lie between device pixels. */
export async function brightestIn(picture: Locator): Promise<number> {
  const png = await picture.screenshot();
  const { stdout } = await execa(
    ffmpegPath,
    [
      '-v',
      'error',
      '-f',
      'png_pipe',
      '-i',
      'pipe:0',
      '-vf',
      'crop=iw-8:ih-8,format=gray',
      '-f',
      'rawvideo',
      'pipe:1',
    ],
    { input: png, encoding: 'buffer' },
  );
  return stdout.reduce((brightest, value) => Math.max(brightest, value), 0);
}
