import { resolve } from 'node:path';
import type { Command } from 'commander';
import { counted } from '#shared/i18n/counted.ts';
import { action } from './command.ts';

/** Beneath `qc`: what a report of QCTools, MediaConch or dvrescue says. */
export function addQcRead(qc: Command): void {
  qc.command('read')
    .description('what a report of QCTools, MediaConch or dvrescue says')
    .argument('<report>', '.qctools.xml.gz, .qctools.mkv, or the XML of MediaConch or dvrescue')
    .action(
      action(async ({ output }, path: string) => {
        const { summariseReport } = await import('#core/qc/reports/report-summary.ts');
        const summary = await summariseReport(resolve(path));
        output.result(summary, () =>
          summary.files
            .flatMap(({ name, frames, facts, problems }) => [
              [summary.tool, name, frames === undefined ? '' : counted(frames, 'frame')]
                .filter(Boolean)
                .join('  '),
              ...Object.entries(facts).map(([fact, value]) => `  ${fact}: ${value}`),
              ...problems.map(({ where, what }) => `  ${where}: ${what}`),
            ])
            .concat(summary.isWhole ? [] : ['The report is cut: more was measured than it holds.'])
            .join('\n'),
        );
        const isGood =
          summary.tool === 'qctools' || summary.files.every(({ problems }) => problems.length === 0);
        return summary.isWhole && isGood ? 0 : 1;
      }),
    );
}
