import type { MediaDescription } from '#core/ffmpeg/probe.ts';

/** What a decoder said of one side: how often, and its first words. */
export interface Complaints {
  count: number;
  first: string;
}

/** Of each side; `either`: both are coded alike, and the words do not say whose they are. */
export type DecodeComplaints = Partial<Record<'a' | 'b' | 'either', Complaints>>;

/** `[h264 @ 0x5577…] `, and what newer versions put before it: who speaks, which is of no use to a reader. */
const speaker = /^(?:\[[^\]]* @ 0x[0-9a-f]+\] *)+/i;

/**
 * Counts what ffmpeg (at `repeat+error`) says of two inputs that it decodes together: whose it is tells the number of the input,
 * or else the codec or container that speaks.
 */
export function createComplaints(a: MediaDescription, b: MediaDescription) {
  const names = { a: namesOf(a), b: namesOf(b) };
  const found: DecodeComplaints = {};
  let rest = '';
  const sideOf = (line: string): 'a' | 'b' | 'either' => {
    const input = /#(\d):\d/.exec(line)?.[1];
    if (input !== undefined) return input === '0' ? 'a' : 'b';
    const spoken = (/^\[(?:dec:)?([^\s\]@]+)/.exec(line)?.[1] ?? '').split(/[,/]/);
    const [isOfA, isOfB] = [names.a, names.b].map((known) => spoken.some((name) => known.has(name)));
    return isOfA === isOfB ? 'either' : isOfA ? 'a' : 'b';
  };
  const add = (line: string): void => {
    if (line.trim() === '') return;
    const side = sideOf(line);
    const { count = 0, first = line.replace(speaker, '').trim() } = found[side] ?? {};
    found[side] = { count: count + 1, first };
  };
  return {
    /** Standard error as it comes. */
    read(chunk: string): void {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(add);
    },
    found(): DecodeComplaints {
      add(rest);
      rest = '';
      return found;
    },
  };
}

function namesOf({ video, audio, format }: MediaDescription): Set<string> {
  return new Set([...format.split(','), ...[...video, ...audio].flatMap(({ codec }) => codec ?? [])]);
}
