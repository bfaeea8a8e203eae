import { formatSelection, parseSelection } from '#shared/domain/selection.ts';

interface Source {
  id: string;
  name: string;
  inputs: readonly { id: string; name: string; selection: string }[];
  live: boolean;
}

/** Sources that a screen can open: a file is named by a path, and screens name none. */
export function openable<Known extends Source>(sources: readonly Known[]): Known[] {
  return sources.filter((source) => source.live || source.inputs.length > 0);
}

/** What the engine is asked to open: a source, or one input of it. */
export function sourceAddress(source: Source | undefined, inputId: string): string {
  return source?.inputs.find((one) => one.id === inputId)?.selection ?? source?.id ?? '';
}

/** The words for an address, as far as they are known. */
export function sourceName(address: string, sources: readonly Source[] | undefined): string {
  for (const source of sources ?? []) {
    const input = source.inputs.find((one) => one.selection === address);
    if (input) return `${source.name}: ${input.name}`;
  }
  const { sourceId, argument } = parseSelection(address);
  const id = argument === undefined ? sourceId : formatSelection({ sourceId, argument });
  return sources?.find((one) => one.id === id)?.name ?? address;
}
