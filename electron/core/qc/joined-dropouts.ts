import { minimumIn, type Run } from './runs.ts';
import type { SuddenHole } from './sudden-holes.ts';

/** A dropout on one channel. `floor`, `edge`: columns of it. */
export interface ChannelDropout {
  run: Run;
  channel: number;
  limitDbfs: number;
  floor: Float32Array;
  edge: Float32Array;
  sudden?: SuddenHole;
}

/** One dropout, on the channels that have it. */
export interface Dropout {
  run: Run;
  channels: number[];
  limitDbfs: number;
  floorDbfs: number;
  edgeDb: number;
  sudden?: SuddenHole;
}

/** Dropouts of several channels at the same frames are one: the tape left the head. */
export function joinChannels(found: readonly ChannelDropout[]): Dropout[] {
  const merged: Dropout[] = [];
  for (const { run, channel, limitDbfs, floor, edge, sudden } of [...found].sort(
    (a, b) => a.run.startFrame - b.run.startFrame,
  )) {
    const edgeDb = Math.max(edge[run.startFrame] as number, edge[run.endFrame] as number);
    const floorDbfs = minimumIn(floor, run);
    const last = merged.at(-1);
    if (last && run.startFrame <= last.run.endFrame + 1 && !last.channels.includes(channel)) {
      last.run = { startFrame: last.run.startFrame, endFrame: Math.max(last.run.endFrame, run.endFrame) };
      last.channels = [...last.channels, channel].sort((a, b) => a - b);
      last.floorDbfs = Math.min(last.floorDbfs, floorDbfs);
      continue;
    }
    merged.push({ run, channels: [channel], limitDbfs, floorDbfs, edgeDb, ...(sudden && { sudden }) });
  }
  return merged;
}
