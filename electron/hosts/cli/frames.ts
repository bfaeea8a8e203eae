import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import { exactFrame } from '#core/media/exact-frame.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { equalRational, rational } from '#shared/domain/rational.ts';
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
        const ffmpeg = await locateFfmpeg();
        const path = resolve(file);
        const [video] = (await probe(ffmpeg.ffprobePath, path)).video;
        if (!video) throw new HelicalError('INVALID_INPUT', `${path} holds no picture.`);
        const rate = video.frameRate ?? rational(25);
        const frame = frameAt(at, rate);
        const { ffmpegPath } = ffmpeg;
        const picture = await exactFrame({ ffmpegPath, path, frame, field, bitsPerColour: 16 });
        await writeNew(resolve(to), picture);
        const isDropFrame = at.includes(';') && equalRational(rate, rational(30000, 1001));
        const result = { frame, timecode: formatTimecode(frame, rate, isDropFrame), path: resolve(to) };
        output.result(result, () => `Frame ${result.frame} (${result.timecode}): ${result.path}`);
        return 0;
      }),
    );
}

async function writeNew(path: string, bytes: Buffer): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: 'wx' });
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    throw new HelicalError(
      isThere ? 'FILE_EXISTS' : 'FILE_UNREADABLE',
      {
        problem: isThere
          ? `${path} is there already.`
          : `${path} cannot be written: ${(cause as Error).message}.`,
        safe: 'Nothing was overwritten.',
        remedy: 'Name another file.',
      },
      { cause },
    );
  }
}
