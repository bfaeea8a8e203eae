import type { Command } from 'commander';
import { findInstallation } from '../installation.ts';
import { action } from './command.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check what the main job stands on: ffmpeg, SQLite, disk, clocks, Chromium, Electron')
    .action(
      action(async ({ dataDir, output }) => {
        const { resourcesDir } = findInstallation();
        const { runDoctor } = await import('#core/doctor.ts');
        const doctor = await runDoctor({ dataDir, resourcesDir, ffmpegSetting: undefined });
        output.result(doctor, () =>
          doctor.checks
            .map(({ id, ok, optional, found, need, help }) => {
              const mark = ok ? 'ok  ' : optional ? 'none' : 'FAIL';
              return `${mark}  ${id}: ${found}${ok ? '' : `\n      needs ${need}\n      ${help}`}`;
            })
            .join('\n'),
        );
        return doctor.ok ? 0 : 3;
      }),
    );
}
