import type { Label } from '../label.ts';
import type { Claim } from '../match.ts';
import type { StockMeasures } from './stock-measures.ts';

/** A check as it can be put together from stock filters and limits that others published. */
interface StockRule {
  check: string;
  /** Filter and limit, and whose limit it is. */
  source: string;
  claims(measures: StockMeasures, label: Label): Omit<Claim, 'check' | 'severity'>[];
}

interface RunRule {
  /** Gap that is bridged, and least length, in seconds or frames. */
  bridgeFrames?: number;
  minimumFrames?: number;
}

function runs(
  frames: number,
  holds: (frame: number) => boolean,
  { bridgeFrames = 0, minimumFrames = 1 }: RunRule = {},
): { startFrame: number; endFrame: number }[] {
  const found: { startFrame: number; endFrame: number }[] = [];
  for (let frame = 0; frame < frames; frame++) {
    if (!holds(frame)) continue;
    const last = found.at(-1);
    if (last && frame - last.endFrame - 1 <= bridgeFrames) last.endFrame = frame;
    else found.push({ startFrame: frame, endFrame: frame });
  }
  return found.filter(({ startFrame, endFrame }) => endFrame - startFrame + 1 >= minimumFrames);
}

const stats = (name: string) => `lavfi.signalstats.${name}`;
const rms = (channel: number) => `lavfi.astats.${channel}.RMS_level`;
/** Published limits are for eight bits; codes of ten are four times as large. */
const scaleOf = (label: Label) => (label.bits === 10 ? 4 : 1);

function mean(column: Float64Array): number {
  const known = column.filter((value) => Number.isFinite(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

function whole(
  measures: StockMeasures,
  holds: boolean,
  channels?: number[],
): ReturnType<StockRule['claims']> {
  if (!holds) return [];
  return [{ startFrame: 0, endFrame: measures.frames - 1, ...(channels ? { channels } : {}) }];
}

/** Runs where one column is above, or below, a limit. */
function beyond(
  name: string,
  limit: (label: Label) => number,
  isAbove: boolean,
  options: RunRule = {},
): StockRule['claims'] {
  return (measures, label) => {
    const column = measures.column(name);
    const at = limit(label);
    return runs(
      measures.frames,
      (frame) => (isAbove ? (column[frame] as number) > at : (column[frame] as number) < at),
      options,
    );
  };
}

function isStill(measures: StockMeasures, label: Label): (frame: number) => boolean {
  const columns = ['YDIF', 'UDIF', 'VDIF'].map((name) => measures.column(stats(name)));
  const limit = label.bits === 10 ? 1 : 0.25;
  return (frame) => frame > 0 && columns.every((column) => (column[frame] as number) < limit);
}

/** What somebody without Helical can do today with ffmpeg alone. Checks without a rule have no stock filter. */
export const stockRules: readonly StockRule[] = [
  {
    check: 'signal-loss',
    source: 'signalstats YMAX - YMIN < 2 (8 bit), 8 (10 bit): AV Spex',
    claims(measures, label) {
      const least = measures.column(stats('YMIN'));
      const most = measures.column(stats('YMAX'));
      const limit = label.bits === 10 ? 8 : 2;
      return runs(measures.frames, (at) => (most[at] as number) - (least[at] as number) < limit, {
        minimumFrames: 2,
      });
    },
  },
  {
    check: 'black',
    source: 'blackdetect, its defaults (2 s, 0.98, 0.10)',
    claims: ({ black, framesPerSecond }) =>
      black.map(({ startS, endS }) => ({
        startFrame: Math.round(startS * framesPerSecond),
        endFrame: Math.round(endS * framesPerSecond) - 1,
      })),
  },
  {
    check: 'freeze',
    source: 'signalstats YDIF, UDIF, VDIF < 0.25 (8 bit), 1 (10 bit), two frames or more: AV Spex',
    claims: (measures, label) => runs(measures.frames, isStill(measures, label), { minimumFrames: 2 }),
  },
  {
    check: 'duplicate-frame',
    source: 'the same, one frame',
    claims: (measures, label) =>
      runs(measures.frames, isStill(measures, label)).filter((run) => run.startFrame === run.endFrame),
  },
  {
    check: 'video-dropout',
    source: 'signalstats TOUT > 0.005 or VREP > 0.03: QCTools, qct-parse',
    claims(measures) {
      const tout = measures.column(stats('TOUT'));
      const vrep = measures.column(stats('VREP'));
      return runs(measures.frames, (at) => (tout[at] as number) > 0.005 || (vrep[at] as number) > 0.03, {
        bridgeFrames: 5,
      });
    },
  },
  {
    check: 'head-clog',
    source: 'mean square difference of the fields > 1000 (8 bit): QCTools MSEf',
    claims: beyond('lavfi.psnr.mse.y', (label) => 1000 * scaleOf(label) ** 2, true, { bridgeFrames: 5 }),
  },
  {
    check: 'tracking-error',
    source: 'UMIN, VMIN < 100 and UMAX, VMAX > 900, or SATMAX > 600 (10 bit), bridged by 10 frames: AV Spex',
    claims(measures, label) {
      const scale = scaleOf(label) / 4;
      const [uMin, vMin, uMax, vMax, saturation] = ['UMIN', 'VMIN', 'UMAX', 'VMAX', 'SATMAX'].map((name) =>
        measures.column(stats(name)),
      ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
      return runs(
        measures.frames,
        (at) =>
          (Math.max(uMin[at] as number, vMin[at] as number) < 100 * scale &&
            Math.min(uMax[at] as number, vMax[at] as number) > 900 * scale) ||
          (saturation[at] as number) > 600 * scale,
        { bridgeFrames: 10, minimumFrames: 2 },
      );
    },
  },
  {
    check: 'chroma-loss',
    source: 'signalstats SATAVG < 2 (8 bit) for a second: a proposal, no tool has it',
    claims: beyond(stats('SATAVG'), (label) => 2 * scaleOf(label), false, { minimumFrames: 25 }),
  },
  {
    check: 'oversaturation',
    source: 'signalstats SATMAX > 124 (8 bit), 496 (10 bit): vrecord',
    claims: beyond(stats('SATMAX'), (label) => 124 * scaleOf(label), true, { bridgeFrames: 5 }),
  },
  {
    check: 'luma-over',
    source: 'signalstats YMAX > 245 (8 bit), 980 (10 bit): qct-parse, middle',
    claims: beyond(stats('YMAX'), (label) => 245 * scaleOf(label), true, { bridgeFrames: 5 }),
  },
  {
    check: 'luma-under',
    source: 'signalstats YLOW < 10 (8 bit), 40 (10 bit): qct-parse, middle',
    claims: beyond(stats('YLOW'), (label) => 10 * scaleOf(label), false, { bridgeFrames: 5 }),
  },
  {
    check: 'broadcast-range',
    source: 'signalstats BRNG > 0.05: QCTools',
    claims: beyond(stats('BRNG'), () => 0.05, true, { bridgeFrames: 5 }),
  },
  {
    check: 'clamped-levels',
    source:
      'YMAX or YMIN within 2 codes (10 bit; 8 bit: at) of a limit in a quarter of the frames, and none beyond: AV Spex',
    claims(measures, label) {
      const scale = scaleOf(label);
      const near = label.bits === 10 ? 2 : 0;
      const most = measures.column(stats('YMAX'));
      const least = measures.column(stats('YMIN'));
      const piles = (column: Float64Array, limit: number, side: 1 | -1) =>
        column.filter((value) => Math.abs(value - limit) <= near).length >= measures.frames / 4 &&
        column.every((value) => !(side * (value - limit) > near));
      const holds =
        piles(most, 235 * scale, 1) ||
        piles(most, label.bits === 10 ? 1019 : 254, 1) ||
        piles(least, 16 * scale, -1);
      return whole(measures, holds);
    },
  },
  {
    check: 'eight-in-ten',
    source: 'signalstats YBITDEPTH <= 8 in every frame: AV Spex',
    claims: (measures, label) =>
      whole(measures, label.bits === 10 && measures.column(stats('YBITDEPTH')).every((depth) => depth <= 8)),
  },
  {
    check: 'field-order',
    source: 'idet, majority of its verdicts over several frames against the flag',
    claims(measures, label) {
      const last = (name: string) => measures.column(`lavfi.idet.multiple.${name}`).at(-1) ?? 0;
      const [told, other] = label.system === 'PAL' ? ['tff', 'bff'] : ['bff', 'tff'];
      return whole(measures, last(other as string) > last(told as string));
    },
  },
  {
    check: 'color-bars',
    source: 'YMAX > 210, YMIN < 10, YDIF < 3 (8 bit); > 800, < 10, < 10 (10 bit), two seconds: qct-parse',
    claims(measures, label) {
      const [over, under, still] = label.bits === 10 ? [800, 10, 10] : [210, 10, 3];
      const most = measures.column(stats('YMAX'));
      const least = measures.column(stats('YMIN'));
      const change = measures.column(stats('YDIF'));
      return runs(
        measures.frames,
        (at) =>
          (most[at] as number) > (over as number) &&
          (least[at] as number) < (under as number) &&
          (change[at] as number) < (still as number),
        { minimumFrames: Math.round(2 * measures.framesPerSecond) },
      );
    },
  },
  {
    check: 'audio-clipping',
    source: 'astats Peak_level >= -0.01 dB in more than ten frames: vrecord',
    claims(measures) {
      const peaks = [1, 2].map((channel) => measures.column(`lavfi.astats.${channel}.Peak_level`));
      const isFull = (at: number) => peaks.some((peak) => (peak[at] as number) >= -0.01);
      return runs(measures.frames, isFull, { bridgeFrames: 25, minimumFrames: 10 });
    },
  },
  {
    check: 'channel-imbalance',
    source: 'means of RMS_level more than 6 dB apart: AV Spex',
    claims: (measures) =>
      whole(measures, Math.abs(mean(measures.column(rms(1))) - mean(measures.column(rms(2)))) > 6),
  },
  {
    check: 'dead-channel',
    source:
      'RMS_level < -70 dBFS in 90 % of the frames while the other is above -50: a proposal, no tool has it',
    claims(measures) {
      const share = (channel: number, holds: (level: number) => boolean) =>
        measures.column(rms(channel)).filter(holds).length / measures.frames;
      return [1, 2].flatMap((channel) =>
        whole(
          measures,
          share(channel, (level) => level < -70) > 0.9 && share(3 - channel, (level) => level > -50) > 0.5,
          [channel],
        ),
      );
    },
  },
  {
    check: 'phase-inversion',
    source: 'aphasemeter phase < -0.18 for two seconds: mediamicroservices',
    claims: beyond('lavfi.aphasemeter.phase', () => -0.18, false, { bridgeFrames: 5, minimumFrames: 50 }),
  },
  {
    check: 'dual-mono',
    source: 'phase > 0.99 and levels within 0.1 dB in 99 % of the frames: AV Spex',
    claims(measures) {
      const phase = measures.column('lavfi.aphasemeter.phase');
      const [left, right] = [measures.column(rms(1)), measures.column(rms(2))];
      const alike = phase.filter(
        (value, at) => value > 0.99 && Math.abs((left[at] as number) - (right[at] as number)) < 0.1,
      );
      return whole(measures, alike.length >= 0.99 * measures.frames);
    },
  },
  {
    check: 'silence',
    source: 'silencedetect, -60 dB, 2 s, each channel',
    claims: ({ silence, framesPerSecond, frames }) =>
      silence.map(({ startS, endS, channel }) => ({
        startFrame: Math.round(startS * framesPerSecond),
        endFrame: Math.min(frames - 1, Math.round(endS * framesPerSecond) - 1),
        channels: [channel],
      })),
  },
  {
    check: 'audio-dropout',
    source: 'RMS_level > 40 dB below the median of 11 s, unless that is below -55 dBFS: AV Spex',
    claims(measures) {
      const side = Math.round(5.5 * measures.framesPerSecond);
      return [1, 2].flatMap((channel) => {
        const level = measures.column(rms(channel));
        const isGone = (at: number) => {
          const around = level.slice(Math.max(0, at - side), at + side).toSorted();
          const median = around[around.length >> 1] as number;
          return median > -55 && (level[at] as number) < median - 40;
        };
        return runs(measures.frames, isGone, { bridgeFrames: 2 }).map((run) => ({
          ...run,
          channels: [channel],
        }));
      });
    },
  },
  {
    check: 'av-length',
    source: 'sound and picture differ by more than two frames: vrecord',
    claims: (measures) => {
      const soundFrames = Math.round(measures.soundS * measures.framesPerSecond);
      // Where sound ends early it is missing at the end.
      if (soundFrames < measures.frames - 2)
        return [{ startFrame: soundFrames, endFrame: measures.frames - 1 }];
      return whole(measures, soundFrames > measures.frames + 2);
    },
  },
];

/** What stock filters claim about a tape. Their limits know no severity. */
export function stockClaims(measures: StockMeasures, label: Label): Claim[] {
  return stockRules.flatMap((rule) =>
    rule.claims(measures, label).map((claim) => ({ check: rule.check, severity: 'warn' as const, ...claim })),
  );
}
