import { execa } from 'execa';
import type { Locator } from 'playwright-core';
import { readFrameNumber } from '#core/devices/simulator/frame-number.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';

const { ffmpegPath } = await locateFfmpeg();

/** Reads the tape's frame number out of the pixels of a picture as it stands on the screen; undefined where none is. */
export async function numberInSight(
  picture: Locator,
  { width, height }: { width: number; height: number },
): Promise<number | undefined> {
  const png = await picture.screenshot();
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
