import { judgedChannelsOf, type Series } from './series.ts';

/** Channels 1 and 2, 3 and 4, and so on, where both are judged: what belongs together on a deck's sockets. */
export function channelPairsOf(series: Series): (readonly [number, number])[] {
  const judged = new Set(judgedChannelsOf(series));
  return Array.from(
    { length: Math.floor(series.channels / 2) },
    (_, pair) => [2 * pair + 1, 2 * pair + 2] as const,
  ).filter((pair) => pair.every((channel) => judged.has(channel)));
}
