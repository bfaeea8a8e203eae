import { audioColumn } from '../measures.ts';
import type { ReportSource } from './report-source.ts';

/** A figure that QCTools draws and that follows from others: of all channels together, or of two edges. `at` counts within the columns. */
export interface SumLane {
  key: string;
  medium: 'video' | 'audio';
  value(at: number): number;
}

type Reduce = (values: readonly number[]) => number;

const least: Reduce = (values) => Math.min(...values);
const most: Reduce = (values) => Math.max(...values);
const mean: Reduce = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const furthest: Reduce = (values) =>
  values.reduce((far, value) => (Math.abs(value) > Math.abs(far) ? value : far));
/** Levels of channels that sound together. EBU R 128 adds the powers of left and right alike. */
const together: Reduce = (values) =>
  10 * Math.log10(values.reduce((sum, value) => sum + 10 ** (value / 10), 0));
const togetherMean: Reduce = (values) => together(values) - 10 * Math.log10(values.length);

/** As astats reckons its `Overall`, and ebur128 the loudness of two channels. */
const ofChannels: readonly (readonly [key: string, id: string, reduce: Reduce, mostChannels?: number])[] = [
  ['lavfi.astats.Overall.DC_offset', 'dcOffset', furthest],
  ['lavfi.astats.Overall.Min_level', 'lowestSample', least],
  ['lavfi.astats.Overall.Max_level', 'highestSample', most],
  ['lavfi.astats.Overall.Min_difference', 'smallestStep', least],
  ['lavfi.astats.Overall.Max_difference', 'largestStep', most],
  ['lavfi.astats.Overall.Mean_difference', 'meanStep', mean],
  ['lavfi.astats.Overall.Peak_level', 'peakDbfs', most],
  ['lavfi.astats.Overall.RMS_level', 'rmsDbfs', togetherMean],
  // More channels are other programmes, or surround with weights of its own.
  ['lavfi.r128.M', 'momentaryLufs', together, 2],
];

const ofEdges = [
  ['lavfi.cropdetect.w', 'cropLeft', 'cropRight'],
  ['lavfi.cropdetect.h', 'cropTop', 'cropBottom'],
] as const;

/** What can be said of a stretch whose columns, in the order of the source's measures, these are. */
export function sumLanes(
  { series, measures }: Pick<ReportSource, 'series' | 'measures'>,
  columns: readonly Float32Array[],
): SumLane[] {
  const byId = new Map(measures.map(({ id }, place) => [id, columns[place]]));
  const channels = Array.from({ length: series.channels }, (_, at) => at + 1);
  const sound = ofChannels.flatMap(([key, id, reduce, mostChannels]): SumLane[] => {
    const own = channels.flatMap((channel) => byId.get(audioColumn(id, channel)) ?? []);
    if (own.length === 0 || own.length < series.channels) return [];
    if (mostChannels !== undefined && own.length > mostChannels) return [];
    return [{ key, medium: 'audio', value: (at) => reduce(own.map((column) => column[at] as number)) }];
  });
  const picture = ofEdges.flatMap(([key, from, to]): SumLane[] => {
    const [first, last] = [byId.get(from), byId.get(to)];
    if (!first || !last) return [];
    return [{ key, medium: 'video', value: (at) => (last[at] as number) - (first[at] as number) + 1 }];
  });
  return [...picture, ...sound];
}
