import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { type Standard, sampleRateHz } from '#core/devices/simulator/standard.ts';
import type { Label } from './label.ts';
import { pcm24 } from './sound/deck-sound.ts';
import type { Codes } from './tape/canvas.ts';

/** A tape to be written: its label without the name of the file, and what is on it. */
export interface TapeToWrite {
  /** Of the files, without system and depth. */
  name: string;
  label: Omit<Label, 'file' | 'system'>;
  raster: { width: number; height: number; standard: Standard };
  /** May be overwritten by the next one. */
  frames: Iterable<Codes> | AsyncIterable<Codes>;
  sound: readonly Float32Array[];
}

/** Writes a tape as FFV1 and PCM in Matroska, and its label beside it. Returns the tape's path. Throws where ffmpeg fails. */
export async function writeTape(tape: TapeToWrite, folder: string, ffmpegPath: string): Promise<string> {
  const { raster, label } = tape;
  const system = raster.standard.name;
  const name = `${tape.name}-${system.toLowerCase()}-${label.bits}`;
  const path = join(folder, `${name}.mkv`);
  const soundPath = join(folder, `${name}.pcm`);
  writeFileSync(soundPath, pcm24(tape.sound));
  const child = spawn(ffmpegPath, encoderArguments(tape, soundPath, path), {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  for await (const codes of tape.frames) await writeFrame(child.stdin, codes);
  child.stdin.end();
  const [exitCode] = await ended;
  rmSync(soundPath);
  if (exitCode !== 0) throw new Error(`ffmpeg ended with ${exitCode} while it wrote ${path}`);
  const isWhole = raster.width === 720 && raster.height >= 480;
  const size = isWhole ? {} : { size: `${raster.width}x${raster.height}` };
  const whole: Label = { file: `${name}.mkv`, system, ...size, ...label };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(whole, undefined, 2)}\n`);
  return path;
}

async function writeFrame(into: Writable, codes: Codes): Promise<void> {
  for (const plane of [codes.y, codes.u, codes.v]) {
    // The codes are used again: what waits in a pipe must be a copy.
    const bytes = codes.bits === 8 ? Uint8Array.from(plane) : new Uint8Array(plane.slice().buffer);
    if (!into.write(bytes)) await once(into, 'drain');
  }
}

function encoderArguments({ raster, label, sound }: TapeToWrite, soundPath: string, path: string): string[] {
  const { standard, width, height } = raster;
  const isPal = standard.name === 'PAL';
  const fields = standard.fieldOrder === 'tff' ? 'tt' : 'bb';
  return [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-y'],
    ...[
      '-f',
      'rawvideo',
      '-pix_fmt',
      label.bits === 10 ? 'yuv422p10le' : 'yuv422p',
      '-s',
      `${width}x${height}`,
    ],
    ...['-r', `${standard.frameRate.num}/${standard.frameRate.den}`, '-i', 'pipe:0'],
    ...['-f', 's24le', '-ar', String(sampleRateHz), '-ac', String(sound.length), '-i', soundPath],
    ...['-map', '0:v', '-map', '1:a'],
    '-vf',
    `setfield=${standard.fieldOrder},setsar=${isPal ? '12/11' : '10/11'}`,
    ...['-color_primaries', isPal ? 'bt470bg' : 'smpte170m', '-color_trc', 'bt709'],
    ...['-colorspace', isPal ? 'bt470bg' : 'smpte170m', '-color_range', 'tv'],
    ...['-c:v', 'ffv1', '-level', '3', '-g', '1', '-slices', '4', '-slicecrc', '1', '-threads', '1'],
    ...['-field_order', fields, '-c:a', 'pcm_s24le', path],
  ];
}
