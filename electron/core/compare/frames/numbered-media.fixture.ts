import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFrameNumber, stampFrameNumber } from '#core/devices/simulator/frame-number.ts';
import { v210Group, v210Stride } from '#core/devices/simulator/v210.ts';
import { type Ffmpeg, locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import { pictureBytes, planesOf } from '#shared/domain/picture-planes.ts';
import { describeFile } from './described-file.ts';
import type { Picture } from './picture.ts';

/** For tests: media whose frames carry their number, as the simulator's do. */
export interface Numbered {
  width: number;
  height: number;
  frames: number;
}

const ffmpeg = await locateFfmpeg();

/** Makes a file from numbered frames of 10-bit 4:2:2 with a level of their own, through ffmpeg's arguments for filters and output. */
export async function makeNumbered(
  folder: string,
  name: string,
  { width, height, frames }: Numbered,
  output: readonly string[],
): Promise<string> {
  const size = v210Stride(width) * height;
  const bytes = Buffer.alloc(size * frames);
  for (let frame = 0; frame < frames; frame += 1) {
    const picture = bytes.subarray(frame * size, (frame + 1) * size);
    picture.fill(v210Group(new Array<number>(6).fill(200 + ((frame * 37) % 500))));
    stampFrameNumber(picture, width, frame);
  }
  const raw = join(folder, 'numbered.v210');
  writeFileSync(raw, bytes);
  const path = join(folder, name);
  const input = ['-f', 'v210', '-video_size', `${width}x${height}`, '-framerate', '25', '-i', raw];
  await run(['-y', ...input, '-f', 'lavfi', '-i', 'sine=r=48000', '-shortest', ...output, path]);
  return path;
}

/** Every frame as ffmpeg decodes it from the first to the last. */
export async function decodedInOrder(path: string, picture: Picture): Promise<Buffer[]> {
  const { pixelFormat } = await describeFile(ffmpeg.ffprobePath, path);
  const all = await run([
    '-i',
    path,
    '-map',
    '0:v',
    '-fps_mode',
    'passthrough',
    '-pix_fmt',
    pixelFormat,
    '-f',
    'rawvideo',
    'pipe:1',
  ]);
  const size = pictureBytes(picture.header);
  return Array.from({ length: all.length / size }, (_, frame) =>
    all.subarray(frame * size, (frame + 1) * size),
  );
}

/** The number in a picture; of an access copy, whose pixels are square, with the width of its master. */
export function numberIn({ header, planes }: Picture, masterWidth = header.width): number | undefined {
  const { y } = planesOf(header, Uint8Array.from(planes).buffer);
  const unit = header.bitDepth > 8 ? 4 : 1;
  const luma = new Uint8Array(masterWidth * header.height);
  for (let at = 0; at < luma.length; at += 1) {
    const x = Math.floor((((at % masterWidth) + 0.5) * header.width) / masterWidth);
    luma[at] = (y[Math.floor(at / masterWidth) * header.width + x] ?? 0) / unit;
  }
  return readFrameNumber(luma, masterWidth, header.height);
}

/** ffmpeg that writes down each of its starts: whoever decodes with it can be counted, found and ended. */
export function countedFfmpeg(
  folder: string,
): Pick<Ffmpeg, 'ffmpegPath' | 'ffprobePath'> & { pids(): number[] } {
  const list = join(folder, 'pids');
  const ffmpegPath = join(folder, 'counted-ffmpeg');
  writeFileSync(list, '');
  writeFileSync(ffmpegPath, `#!/bin/sh\necho $$ >> '${list}'\nexec '${ffmpeg.ffmpegPath}' "$@"\n`);
  chmodSync(ffmpegPath, 0o755);
  const pids = () => readFileSync(list, 'utf8').split('\n').filter(Boolean).map(Number);
  return { ffmpegPath, ffprobePath: ffmpeg.ffprobePath, pids };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function run(args: readonly string[]): Promise<Buffer> {
  const end = await runFfmpeg(ffmpeg.ffmpegPath, ['-v', 'error', ...args]);
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  return end.stdout;
}
