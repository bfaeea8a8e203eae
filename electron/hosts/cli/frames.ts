import { access, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { probe, type VideoStream } from '#core/ffmpeg/probe.ts';
import { exactFrame } from '#core/media/exact-frame.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { equalRational, rational, toNumber } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { action } from './command.ts';
import { frameAt } from './frame-at.ts';

interface Options {
  at: string;
  field?: 'top' | 'bottom';
  to: string;
}

/** Works on any media file, without a data folder. */
export function addFrames(program: Command): void {
  program
    .command('frames')
    .description('one exact frame of a media file, as PNG')
    .argument('<file>')
    .requiredOption(
      '--at <frame|timecode>',
      'counted from 0, or HH:MM:SS:FF from the beginning (;FF drop-frame)',
    )
    .addOption(new Option('--field <field>', 'one field alone').choices(['top', 'bottom']))
    .requiredOption('--to <png>', 'a file that is not there yet')
    .action(
      action(async ({ output }, file: string, { at, field, to }: Options) => {
        const { ffmpegPath, ffprobePath } = await locateFfmpeg();
        const path = resolve(file);
        await refuseTaken(resolve(to));
        const [video] = (await probe(ffprobePath, path)).video;
        if (!video) {
          throw new HelicalError('INVALID_INPUT', {
            problem: `${path} holds no picture.`,
            safe: 'It was not changed.',
            remedy: 'Name a file with a video track.',
          });
        }
        const rate = video.frameRate ?? rational(25);
        const frame = frameAt(at, rate);
        await refuseBehindTheLast(ffprobePath, path, video, frame);
        const picture = await exactFrame({ ffmpegPath, path, frame, field, bitsPerColour: 16 });
        await writeNew(resolve(to), picture);
        const isDropFrame = at.includes(';') && equalRational(rate, rational(30000, 1001));
        const result = { frame, timecode: formatTimecode(frame, rate, isDropFrame), path: resolve(to) };
        output.result(result, () => `Frame ${result.frame} (${result.timecode}): ${result.path}`);
        return 0;
      }),
    );
}

/** Before a long file is decoded for nothing. */
async function refuseTaken(path: string): Promise<void> {
  const folder = dirname(path);
  if (!(await isThere(folder))) {
    throw new HelicalError('INVALID_INPUT', {
      problem: `There is no folder ${folder} to write into.`,
      safe: 'Nothing was written.',
      remedy: 'Make it, or name another file with --to.',
    });
  }
  if (await isThere(path)) throw taken(path);
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** What a container states may be missing or wrong: frames are counted before one is refused, and not otherwise. */
async function refuseBehindTheLast(
  ffprobePath: string,
  path: string,
  { frameCount, durationSeconds, frameRate }: VideoStream,
  frame: number,
): Promise<void> {
  const stated = frameCount ?? (durationSeconds ?? 0) * (frameRate ? toNumber(frameRate) : 0);
  if (frame < Math.floor(stated)) return;
  const [counted] = (await probe(ffprobePath, path, { countPackets: true })).video;
  const frames = counted?.packetCount ?? 0;
  if (frame < frames) return;
  throw new HelicalError('NOT_FOUND', {
    problem:
      frames === 0
        ? `${path} holds no frame.`
        : `There is no frame ${frame} in ${path}: its last is frame ${frames - 1}.`,
    safe: 'Nothing was written.',
    remedy: `Name a frame from 0 to ${Math.max(0, frames - 1)}, or its timecode from the beginning of the file.`,
  });
}

function taken(path: string, cause?: unknown): HelicalError {
  return new HelicalError(
    'FILE_EXISTS',
    { problem: `${path} is there already.`, safe: 'It was not changed.', remedy: 'Name another file.' },
    { cause },
  );
}

async function writeNew(path: string, bytes: Buffer): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: 'wx' });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw taken(path, cause);
    throw new HelicalError(
      code === 'ENOSPC' ? 'DISK_FULL' : 'NOT_ALLOWED',
      {
        problem: code === 'ENOSPC' ? `The disk of ${path} is full.` : `${path} cannot be written (${code}).`,
        safe: 'Nothing was overwritten.',
        remedy: 'Name a file on another disk or in another folder.',
      },
      { cause },
    );
  }
}
