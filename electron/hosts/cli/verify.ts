import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { VerifiedItem } from '#core/exports/verify-path.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { action } from './command.ts';

/** Works from the files alone: no data folder, no engine, on any machine. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('a master, a bag, a package or a whole delivery, from the files alone')
    .argument('<paths...>')
    .action(
      action(async ({ output }, paths: string[]) => {
        // Before the first is read: a mistyped path must not look like a damaged master, an hour later.
        for (const path of paths) requirePath(path);
        const { verifyPath } = await import('#core/exports/verify-path.ts');
        const { verifyMaster } = await import('#core/master-verifier.ts');
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

function requirePath(path: string): void {
  if (existsSync(path)) return;
  throw new HelicalError('INVALID_INPUT', {
    problem: `There is nothing at ${resolve(path)}.`,
    safe: 'Nothing was verified.',
    remedy: 'Check the path, and that its disk is there.',
  });
}
