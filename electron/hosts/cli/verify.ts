import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type VerifiedItem, verifyPath } from '#core/exports/verify-path.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { verifyMaster } from '#core/master-verifier.ts';
import { action } from './command.ts';

/** Works from the files alone: no data folder, no engine, on any machine. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('a master, a bag, a package or a whole delivery, from the files alone')
    .argument('<paths...>')
    .action(
      action(async ({ output }, paths: string[]) => {
        const judge = verifyMaster(await locateFfmpeg());
        const items: VerifiedItem[] = [];
        for (const path of paths.map((given) => resolve(given))) {
          const onBytes = (bytes: number) => output.progress(`${path}: ${(bytes / 1e6).toFixed(0)} MB read`);
          items.push(...(await verifyPath(path, { verifyMaster: judge, onBytes })));
        }
        const ok = items.every((item) => item.ok);
        output.result({ ok, items }, () =>
          items
            .flatMap((item) => [
              `${item.ok ? 'ok  ' : 'FAIL'}  ${item.kind}  ${item.path}`,
              ...item.problems.map(({ rule, message }) => `      ${rule}: ${message}`),
            ])
            .join('\n'),
        );
        return ok ? 0 : 1;
      }),
    );
}
