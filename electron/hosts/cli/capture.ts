import { resolve } from 'node:path';
import type { Command } from 'commander';
import { action } from './command.ts';
import { positiveNumber } from './numbers.ts';
import { recordPass } from './record-pass.ts';

interface Options {
  tape: string;
  source: string;
  profile?: string;
  duration?: number;
  chain: string;
}

export function addCapture(program: Command): void {
  program
    .command('capture')
    .description('record one pass of a registered tape and follow it to the seal')
    .requiredOption('--tape <tape>', 'identifier or id of a registered tape')
    .requiredOption('--source <source>', 'a device id, file:PATH, simulator, or simulator:RECIPE.json')
    .option('--profile <id>', 'how the master is written')
    .option('--duration <seconds>', 'stop by itself after so long', positiveNumber)
    .option('--chain <name>', 'what the signal passes through: deck, time base corrector, converter', '')
    .action(
      action(async ({ output, onEngine }, options: Options) => {
        const source = absoluteSource(options.source);
        const recorded = await onEngine(async (client) => {
          // An unknown tape is refused before the machine is measured.
          await client.tapes.show({ tape: options.tape });
          if (!source.startsWith('file:')) {
            const preflight = await client.capture.preflight({
              source,
              ...(options.profile === undefined ? {} : { profileId: options.profile }),
            });
            output.note(preflight.message);
          }
          return recordPass(
            client,
            {
              tape: options.tape,
              source,
              profileId: options.profile,
              chainName: options.chain,
              durationS: options.duration,
            },
            output,
          );
        });
        const { sealed, frames, dropped, lost } = recorded;
        for (const check of recorded.seal.checks.filter(({ ok }) => !ok)) {
          output.note(`${check.id}: expected ${check.expected}, measured ${check.measured}.`);
        }
        if (dropped + lost > 0) output.note(`${dropped} frames were dropped by the card, ${lost} lost.`);
        output.result(recorded, () =>
          [
            `${sealed ? 'Sealed' : `Not sealed (${recorded.state})`}: ${frames} frames.`,
            ...recorded.files.map(({ role, path }) => `  ${role}: ${path}`),
          ].join('\n'),
        );
        return sealed && dropped + lost === 0 ? 0 : 1;
      }),
    );
}

/** The engine may run in another folder than this command. */
export function absoluteSource(source: string): string {
  const [kind, ...rest] = source.split(':');
  const argument = rest.join(':');
  const isPath = kind === 'file' || (kind === 'simulator' && /[\\/]|\.json$/i.test(argument));
  return isPath && argument !== '' ? `${kind}:${resolve(argument)}` : source;
}
