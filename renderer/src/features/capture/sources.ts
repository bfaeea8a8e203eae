interface Source {
  id: string;
  name: string;
  inputs: readonly { id: string; name: string }[];
  live: boolean;
}

/** Sources that a screen can open: a file is named by a path, and screens name none. */
export function openable<Known extends Source>(sources: readonly Known[]): Known[] {
  return sources.filter((source) => source.live || source.inputs.length > 0);
}

/** What the engine is asked to open: a source, or one input of it. */
export function sourceAddress(sourceId: string, inputId: string): string {
  return sourceId && inputId ? `${sourceId}:${inputId}` : sourceId;
}

/** The words for an address, as far as they are known. */
export function sourceName(address: string, sources: readonly Source[] | undefined): string {
  const [sourceId, ...rest] = address.split(':');
  const source = sources?.find((one) => one.id === address) ?? sources?.find((one) => one.id === sourceId);
  if (!source) return address;
  const input = source.inputs.find((one) => one.id === rest.join(':'));
  return input ? `${source.name}: ${input.name}` : source.name;
}
