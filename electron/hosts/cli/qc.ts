import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { QcResult } from '#shared/domain/qc.ts';
import { counted } from '#shared/i18n/counted.ts';
import { action, type Cli } from './command.ts';
import { openFileQc } from './file-qc.ts';
import { passIdBesidePath } from './ids.ts';
import { addQcIntend } from './qc-intend.ts';
import { addQcProfiles } from './qc-profiles.ts';
import { addQcRead } from './qc-read.ts';
import { addQcReport } from './qc-report.ts';
import { wordResult } from './qc-words.ts';
import { showingWork } from './show-work.ts';
import { untilEnded } from './until-ended.ts';

export function addQc(program: Command): void {
  const qc = program
    .command('qc')
    .description('measure and judge a media file, or a pass: picture, sound, and the file itself')
    .argument('<file|pass>', 'a path, or the id of a pass')
    .option(
      '--profile <id>',
      'what is normal for the tape (see: qc profiles); without it a pass is judged by the format of its tape',
    )
    .option(
      '--channels <list>',
      'audio channels to judge, from 1, as 1,2 or 3-4; all where none are named',
      readChannels,
    )
    .addHelpText(
      'after',
      '\nExit code 1: something was found that surely harms the transfer and that nobody marked as intended by the artist.\nWhat each check finds and what to do about it: docs/how-to/read-what-qc-finds.md',
    )
    .action(
      action(async (cli, what: string, { profile, channels }: { profile?: string; channels?: number[] }) => {
        const result = existsSync(what)
          ? await measureFile(cli, what, profile, channels)
          : await measurePass(cli, what, profile, channels);
        cli.output.result(result, () => wordResult(result));
        return result.summary.fail > 0 ? 1 : 0;
      }),
    );
  addQcReport(qc);
  addQcRead(qc);
  addQcIntend(qc);
  addQcProfiles(qc);
}

/** Any file, registered or not: needs no data folder and writes nothing into the log. */
async function measureFile(
  { output }: Cli,
  path: string,
  profileId: string | undefined,
  channels: number[] | undefined,
): Promise<QcResult> {
  const qc = await openFileQc();
  return untilEnded((signal) =>
    qc.measureFile(resolve(path), profileId, {
      ...(channels ? { channels } : {}),
      onFrames: (frames) => output.progress(`${counted(frames, 'frame')} measured`),
      signal,
    }),
  );
}

function measurePass(
  { onEngine, output }: Cli,
  what: string,
  profileId: string | undefined,
  channels: number[] | undefined,
): Promise<QcResult> {
  const request = {
    passId: passIdBesidePath(what),
    ...(profileId ? { profileId } : {}),
    ...(channels ? { channels } : {}),
  };
  return onEngine(async (client) => {
    // On some channels only, nothing is written down.
    const { verdicts } = channels ? { verdicts: [] } : await client.review.show({ passId: request.passId });
    if (verdicts.length > 0) {
      output.note(
        'A verdict rests on the measurement that is in force: this one takes its place, and the verdict is told as one on an earlier measurement. To only see what was found: helical review show PASS.',
      );
    }
    return showingWork(client, output, () => client.qc.measurePass(request));
  });
}

/** `1,2`, `3-4` and both together. */
function readChannels(text: string): number[] {
  const channels = text.split(',').flatMap((part) => {
    const match = /^\s*(\d{1,3})(?:-(\d{1,3}))?\s*$/.exec(part);
    const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    if (!match || first < 1 || last < first) {
      throw new InvalidArgumentError('Name channels from 1 on, as 1,2 or 3-4.');
    }
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
  return [...new Set(channels)];
}
