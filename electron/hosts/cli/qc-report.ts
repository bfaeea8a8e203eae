import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { HelicalError } from '#shared/domain/errors.ts';
import {
  type ReportFormat,
  type ReportLanguage,
  reportFormats,
  reportLanguages,
} from '#shared/domain/qc-report.ts';
import { counted } from '#shared/i18n/counted.ts';
import type { HelicalClient } from '../attach.ts';
import { action } from './command.ts';
import { openFileQc } from './file-qc.ts';
import { passIdBesidePath } from './ids.ts';
import { showingWork } from './show-work.ts';
import { untilEnded } from './until-ended.ts';

type ReportPassInput = Parameters<HelicalClient['qc']['reportPass']>[0];

interface Options {
  format: ReportFormat;
  to: string;
  language: ReportLanguage;
  profile?: string;
  channels?: number[];
}

/** Beneath `qc`: any file, a QCTools report, or a pass, in a form that other tools and people read. */
export function addQcReport(qc: Command): void {
  qc.command('report')
    .description('write what was measured as a file for other tools, or as a page for people')
    .argument('<file|pass>', 'a media file, a QCTools report, or the id of a pass')
    .addOption(new Option('--format <format>').choices(reportFormats).makeOptionMandatory())
    .requiredOption('--to <path>', 'a file that is not there yet')
    .addOption(
      new Option('--language <language>', 'words of the report').choices(reportLanguages).default('en'),
    )
    .option('--profile <id>', 'limits to judge by')
    .action((what: string, _own: object, command: Command) =>
      // `qc` itself knows --profile too, and takes it wherever it stands: the options of both count.
      writeReport(what, command.optsWithGlobals<Options>(), command),
    );
}

const writeReport = action(
  async ({ output, onEngine }, what: string, { format, to, language, profile, channels }: Options) => {
    if (channels) {
      throw new HelicalError('INVALID_INPUT', {
        problem: 'A report is of all channels.',
        safe: 'Nothing was written.',
        remedy: 'Leave out --channels.',
      });
    }
    const request = { format, language, to: resolve(to) };
    const reportPass = (asked: ReportPassInput) =>
      onEngine((client) => showingWork(client, output, () => client.qc.reportPass(asked)));
    const written = existsSync(what)
      ? await untilEnded(async (signal) =>
          (await openFileQc()).reportFile(resolve(what), profile, request, {
            onFrames: (frames) => output.progress(`${counted(frames, 'frame')} measured`),
            signal,
          }),
        )
      : await reportPass({
          passId: passIdBesidePath(what),
          ...request,
          ...(profile ? { profileId: profile } : {}),
        });
    if (written.cutAtFrame !== undefined) {
      output.note(`The report that was read is cut: it ends after ${counted(written.cutAtFrame, 'frame')}.`);
    }
    output.result(written, () => `Written: ${written.path} (${written.bytes} bytes)`);
    return written.cutAtFrame === undefined ? 0 : 1;
  },
);
