import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { openEmptyFolder, writeWhole } from '#core/compare/copy/whole-folder.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import type { Alignment } from '#shared/domain/alignment.ts';
import type { CopyComparison } from '#shared/domain/copy-certificate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type ReportLanguage, reportLanguages } from '#shared/domain/qc-report.ts';
import { action, type Cli, type ExitCode } from './command.ts';
import { wordCopy, wordPasses } from './compare-words.ts';
import { passIdBesidePath } from './ids.ts';
import { showingWork } from './show-work.ts';

interface Options {
  /** Undefined: found out. */
  align?: number;
  to?: string;
  language: ReportLanguage;
}

export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('two files, two passes of a tape, or the access copy of a pass with its master')
    .argument('<a>', 'a file, or the id of a pass')
    .argument(
      '[b]',
      'the other one; without it the access copy of pass A is certified, and the log keeps that',
    )
    .option(
      '--align <auto|frames>',
      'by how many frames B is later; found out by picture and sound where it is auto',
      readOffset,
    )
    .option('--to <dir>', 'a new folder for the certificate (HTML and JSON) and stills of the worst frames')
    .addOption(
      new Option('--language <language>', 'words of the certificate').choices(reportLanguages).default('en'),
    )
    .addHelpText(
      'after',
      '\nExit code 1: the copy does not hold what it should, or the passes could not be laid on each other.\nExit code 0 says that nothing wrong was found; certificate.verdict in --json tells "good" from "partly-told", where\ncertificate.notTold names what could not be told.\nWhich limits are held to it, and where they come from, is said with each line in --json.',
    )
    .action(
      action(async (cli, a: string, b: string | undefined, { align, to, language }: Options) => {
        if (b === undefined) refuseAlone(a, align);
        const folder = to === undefined ? undefined : resolve(to);
        // Before hours of decoding: what cannot be written must be said now.
        await using _place = folder === undefined ? undefined : await openEmptyFolder(folder);
        if (b === undefined) return await certify(cli, a, folder, language);
        const areFiles = [a, b].map((one) => existsSync(one));
        if (areFiles[0] && areFiles[1]) {
          return await compareFiles(cli, { pathA: resolve(a), pathB: resolve(b), align, folder, language });
        }
        if (areFiles[0] || areFiles[1]) throw mixed(areFiles[0] ? b : a);
        return await comparePasses(cli, a, b, align, folder);
      }),
    );
}

/** Any two files, registered or not: needs no data folder and writes nothing into the log. */
async function compareFiles(
  { output }: Cli,
  {
    pathA,
    pathB,
    align: offsetFrames,
    folder,
    language,
  }: {
    pathA: string;
    pathB: string;
    align: number | undefined;
    folder: string | undefined;
    language: ReportLanguage;
  },
): Promise<ExitCode> {
  const { compareCopy } = await import('#core/compare/copy/compare-copy.ts');
  const { filesRequest } = await import('#core/compare/copy/files-request.ts');
  const request = await filesRequest({
    ...{ ffmpeg: await locateFfmpeg(), pathA, pathB, offsetFrames },
    onProgress: (pairs) => output.progress(`${pairs} frames compared`),
  });
  const comparison = await compareCopy(request);
  const subject = { nameA: basename(pathA), nameB: basename(pathB), certifiedAt: new Date().toISOString() };
  const { writeCertificate } = await import('#core/compare/copy/write-certificate.ts');
  const paths = folder
    ? (await writeCertificate(folder, subject, comparison, request, language)).paths
    : undefined;
  return tell(output, comparison, paths);
}

async function certify(
  { onEngine, output }: Cli,
  what: string,
  folder: string | undefined,
  language: ReportLanguage,
): Promise<ExitCode> {
  const passId = passIdBesidePath(what);
  const { certificate, paths } = await onEngine(async (client) => {
    const made = await showingWork(client, output, () => client.compare.certify({ passId }));
    if (folder === undefined) return { certificate: made, paths: undefined };
    return {
      certificate: made,
      paths: (await client.compare.exportCertificate({ passId, to: folder, language })).paths,
    };
  });
  return tell(output, certificate, paths);
}

async function comparePasses(
  { onEngine, output }: Cli,
  a: string,
  b: string,
  offsetFrames: number | undefined,
  folder: string | undefined,
): Promise<ExitCode> {
  const pair = { passIdA: passIdBesidePath(a), passIdB: passIdBesidePath(b) };
  const { compared, passA, passB } = await onEngine(async (client) => ({
    compared: await client.compare.passes({
      ...pair,
      ...(offsetFrames === undefined ? {} : { offsetFrames }),
    }),
    passA: await client.passes.show({ passId: pair.passIdA }),
    passB: await client.passes.show({ passId: pair.passIdB }),
  }));
  const { alignment } = compared;
  const result = {
    offsetFrames: mainOffset(alignment),
    syncMs: alignment.soundOffsetMs,
    frames: alignment.stretches.reduce((sum, { frames }) => sum + frames, 0),
    // Two playings are never the same picture: what differs is in `findings`, not in a certificate.
    certificate: null,
    ...compared,
  };
  const data = `${JSON.stringify(result, null, 2)}\n`;
  const paths = folder === undefined ? undefined : await writeWhole(folder, [{ name: 'passes.json', data }]);
  const written = paths ? { ...result, paths } : result;
  output.result(written, () =>
    wordPasses(compared, passA.video.frameRate, { a: passA.passNumber, b: passB.passNumber }),
  );
  return alignment.stretches.length === 0 ? 1 : 0;
}

async function tell(
  output: Cli['output'],
  comparison: CopyComparison,
  paths: string[] | undefined,
): Promise<ExitCode> {
  const { tellingAll } = await import('#core/compare/copy/write-certificate.ts');
  const { ok, verdict, notTold, worst, lines, offsetFrames, syncMs, framesCompared, ...more } =
    tellingAll(comparison);
  const result = {
    ...{ offsetFrames, syncMs, frames: framesCompared },
    certificate: { ok, verdict, notTold, worst, lines },
    ...more,
    ...(paths ? { paths } : {}),
  };
  const written = paths?.[0] === undefined ? '' : `\n${paths[0]}`;
  output.result(result, () => `${wordCopy(comparison)}${written}`);
  return ok ? 0 : 1;
}

/** Of the longest stretch; null where there is none. */
function mainOffset({ stretches }: Alignment): number | null {
  const [longest] = stretches.toSorted((one, other) => other.frames - one.frames);
  return longest?.offsetFrames ?? null;
}

function readOffset(text: string): number | undefined {
  if (text === 'auto') return undefined;
  const frames = Number(text);
  if (Number.isSafeInteger(frames)) return frames;
  throw new InvalidArgumentError('It is auto, or a whole number of frames, as 12 or -3.');
}

/** Alone stands a pass, whose two files begin together by its recipe. @throws HelicalError INVALID_INPUT. */
function refuseAlone(what: string, align: number | undefined): void {
  if (existsSync(what)) {
    throw new HelicalError('INVALID_INPUT', {
      problem: `${what} is a file: there is nothing to compare it with.`,
      safe: 'Nothing was changed.',
      remedy: 'Name the other file behind it, or give the id of a pass, whose access copy is then certified.',
    });
  }
  if (align === undefined) return;
  throw new HelicalError('INVALID_INPUT', {
    problem: 'An access copy is not moved against its master: where it begins is a line of the certificate.',
    safe: 'Nothing was changed.',
    remedy: 'Leave out --align, or name both files.',
  });
}

function mixed(missing: string): HelicalError {
  return new HelicalError('INVALID_INPUT', {
    problem: `${missing} is no file, and the other one is: only two files, or two passes, can be compared.`,
    safe: 'Nothing was changed.',
    remedy: 'Name the master of the pass as a file: helical passes show ID says where it is.',
  });
}
