import { audioColumn, type Measure } from '../measures.ts';

/**
 * The same measures for each channel, channel by channel. `key` is what ffmpeg's astats calls the figure, where it has it.
 */
export function channelMeasures(
  channels: number,
  each: readonly { id: string; unit: Measure['unit']; key?: string }[],
): Measure[] {
  return Array.from({ length: channels }, (_, at) => at + 1).flatMap((channel) =>
    each.map(
      ({ id, unit, key }): Measure => ({
        id: audioColumn(id, channel),
        medium: 'audio',
        unit,
        key: key && `lavfi.astats.${channel}.${key}`,
      }),
    ),
  );
}
