import { formatSelection, parseSelection } from '#shared/domain/selection.ts';
import type { SourceOption } from '#shared/domain/source.ts';

export interface OfferedSource {
  id: string;
  name: string;
  inputs: readonly { id: string; name: string; selection: string }[];
  options: readonly SourceOption[];
  live: boolean;
  unavailable?: string | undefined;
}

/** What an operator chose of a source: empty where the usual is taken. */
export interface ChosenSource {
  sourceId: string;
  inputId: string;
  options: Readonly<Record<string, string>>;
}

/** Sources that a screen can open: a file is named by a path, and screens name none. */
export function openable<Known extends OfferedSource>(sources: readonly Known[]): Known[] {
  return sources.filter((source) => source.live || source.inputs.length > 0);
}

/** What can still be chosen: not what the input that was chosen says already. */
export function optionsAt(source: OfferedSource | undefined, chosen: ChosenSource): readonly SourceOption[] {
  if (!source) return [];
  const said = parseSelection(inputAddress(source, chosen.inputId)).options ?? {};
  return source.options.filter(({ name }) => !(name in said));
}

/** What the engine is asked to open: a source, or one input of it, with the options that differ from the usual. */
export function sourceAddress(source: OfferedSource | undefined, chosen: ChosenSource): string {
  if (!source) return '';
  const input = parseSelection(inputAddress(source, chosen.inputId));
  const set = optionsAt(source, chosen).flatMap((option): [string, string][] => {
    const value = (chosen.options[option.name] ?? '').trim();
    return value === '' || value === option.default ? [] : [[option.name, value]];
  });
  return formatSelection({ ...input, options: { ...input.options, ...Object.fromEntries(set) } });
}

function inputAddress(source: OfferedSource, inputId: string): string {
  const input = source.inputs.find((one) => one.id === inputId) ?? source.inputs[0];
  return input?.selection ?? source.id;
}

/** The words for an address, as far as they are known. */
export function sourceName(address: string, sources: readonly OfferedSource[] | undefined): string {
  for (const source of sources ?? []) {
    const input = source.inputs.find((one) => one.selection === address);
    if (input) return `${source.name}: ${input.name}`;
  }
  const { sourceId, argument } = parseSelection(address);
  const id = argument === undefined ? sourceId : formatSelection({ sourceId, argument });
  return sources?.find((one) => one.id === id)?.name ?? address;
}
