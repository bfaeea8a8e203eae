import type { Command } from 'commander';
import type { SourceOption } from '#shared/domain/source.ts';
import { action } from './command.ts';

export function addSources(program: Command): void {
  program
    .command('sources')
    .description('capture devices, their inputs and what can be chosen, found now')
    .action(
      action(async ({ output, onNewEngine }) => {
        const sources = await onNewEngine((client) => client.capture.sources());
        output.result(sources, () =>
          sources
            .flatMap(({ id, name, inputs, options, unavailable }) => [
              `${id}: ${name}`,
              ...(unavailable === undefined ? [] : [`  not available. ${unavailable}`]),
              ...inputs.map((input) => `  ${input.selection}  ${input.name}`),
              ...(options.length === 0 ? [] : [`  options, behind a "?" and joined by "&":`]),
              ...options.map(optionLine),
            ])
            .join('\n'),
        );
        return 0;
      }),
    );
}

function optionLine({ name, label, choices, default: usual, unit }: SourceOption): string {
  const free = unit === undefined ? 'any text' : `a number of ${unit}`;
  const values = choices.length === 0 ? free : choices.map(({ value }) => value).join(', ');
  return `    ${name}=  ${label}: ${values}${usual === undefined ? '' : ` (otherwise ${usual})`}`;
}
