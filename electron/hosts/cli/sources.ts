import type { Command } from 'commander';
import { action } from './command.ts';

export function addSources(program: Command): void {
  program
    .command('sources')
    .description('capture devices and inputs found now')
    .action(
      action(async ({ output, onEngine }) => {
        const sources = await onEngine((client) => client.capture.sources());
        output.result(sources, () =>
          sources
            .flatMap(({ id, name, inputs, unavailable }) => [
              `${id}: ${name}${unavailable === undefined ? '' : ` (${unavailable})`}`,
              ...inputs.map((input) => `  ${input.selection}  ${input.name}`),
            ])
            .join('\n'),
        );
        return 0;
      }),
    );
}
