import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { linkOfRunning } from '../fresh-link.ts';
import { findInstallation } from '../installation.ts';
import type { ServeOptions } from '../serve.ts';
import { openLogger } from '../settings.ts';
import { action } from './command.ts';
import { noteNewStore } from './data-store.ts';
import { wholeNumber } from './numbers.ts';

type Options = Pick<ServeOptions, 'port' | 'listen' | 'role' | 'as' | 'tlsCert' | 'tlsKey'>;

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('served mode: the workstation in a browser; prints the address with its one-time token')
    .option('--port <number>', '0 takes any that is free', wholeNumber('--port', 0), 0)
    .option('--listen <address>', 'another address than this machine alone; needs TLS', '127.0.0.1')
    .option('--tls-cert <file>', 'certificate, PEM')
    .option('--tls-key <file>', 'its key, PEM')
    .addOption(
      new Option('--role <role>', 'what the browser may do')
        .choices(['reviewer', 'technician', 'manager'])
        .default('reviewer'),
    )
    .option('--as <person>', 'who signs in by the link, with the role that they were added with')
    .action(
      action(async ({ dataDir, output }, { port, listen, role, as, tlsCert, tlsKey }: Options) => {
        const running = await linkOfRunning(dataDir, as);
        if (running !== undefined) {
          output.note('An engine serves this data folder already; here is another link to it.');
          output.result({ url: running }, () => running);
          return 0;
        }
        noteNewStore(dataDir, output);
        const logger = openLogger(dataDir);
        const { serve } = await import('../serve.ts');
        const serving = await serve({ dataDir, port, listen, role, as, tlsCert, tlsKey, logger });
        output.result({ url: serving.url }, () => serving.url);
        if (!existsSync(join(findInstallation().rendererDir, 'index.html')))
          output.note('The pages are not built yet: run "npm run build", then start this again.');
        output.note('The link opens one session. Ctrl-C ends; recordings go on.');
        await asked();
        await serving.close();
        return 0;
      }),
    );
}

/** Resolves when the operator or the system asks the program to end. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
