import { rm } from 'node:fs/promises';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { FrameContent } from '#shared/domain/frame-content.ts';
import type { QcProfile } from '#shared/domain/profiles.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import type { InstrumentCost } from './cost-meter.ts';
import { measuresFor } from './every-measure.ts';
import { createFrameContentTest } from './frame-content.ts';
import { createFrameContents } from './frame-contents.ts';
import type { JudgedTape } from './judge.ts';
import { judgeStore } from './judge-store.ts';
import { joinLive } from './live-events.ts';
import { createLiveWindow, type LiveWindow } from './live-window.ts';
import { audioColumn } from './measures.ts';
import { rowsAtMost } from './measuring-messages.ts';
import { rawPictureOf } from './picture/raw-picture.ts';
import { readSampleStore, type StoredSeries } from './sample-reader.ts';
import { createSampleStore } from './sample-store.ts';
import type { TimeGap } from './series.ts';
import { startMeasuring } from './start-measuring.ts';

/** What a whole tape was measured and judged to be. */
export interface MeasuredTape extends JudgedTape {
  samplesPath: string;
  frames: number;
  profileId: string;
  series: StoredSeries;
  costMs: readonly InstrumentCost[];
}

/** A tap on somebody's decode: filters and outputs to hang behind it, and the reader of what comes out of them. */
export interface Tap {
  /** A chain of filters, and ffmpeg's arguments for the output behind it; undefined where there is no picture. */
  videoFilter: string | undefined;
  videoOutput: string[];
  /** The same for the sound, all channels in one stream. */
  audioFilter: string | undefined;
  audioOutput: string[];
  latest(): {
    frames: number;
    audioPeaksDbfs: number[];
    signal: 'present' | 'lost' | 'unknown';
    events: QcEvent[];
  };
  /** What the frames from `from` on show, as far as they are measured; also after `finish`. */
  contents(from: number): FrameContent[];
  /** `timeGaps`: where the times of the recording say that frames are missing. Throws where measuring failed, saying why. */
  finish(timeGaps?: readonly TimeGap[]): Promise<MeasuredTape>;
  leaveGaps(): void;
  abandon(): Promise<void>;
}

/** Sound without a picture is measured as if there were so many a second. */
const soundAlone = { num: 25, den: 1 };

/**
 * Opens a tap: a thread that measures stands ready when this resolves. A store at `samplesPath` of an earlier, unfinished run
 * of the same follower is replaced.
 */
export async function openTap(input: {
  samplesPath: string;
  video: VideoFormat | undefined;
  /** The order of `video` was assumed: the file says nothing of it. */
  isFieldOrderAssumed?: boolean | undefined;
  audio: AudioFormat | undefined;
  profile: QcProfile;
  /** Of the decoder that it hangs on, 0 to 19; default 0. */
  niceness?: number;
  /** Somebody watches: what plays is judged on the way too, and not only at the end. */
  isLive?: boolean;
  /** Times of pictures tell their numbers, as a follower gives them (numbered-times.ts). */
  isNumbered?: boolean;
}): Promise<Tap> {
  const { video, audio, profile } = input;
  const channels = audio?.channels ?? 0;
  const measures = measuresFor(channels);
  const raw = video && rawPictureOf(video.pixelFormat, video.width, video.height);
  const frameRate = video?.frameRate ?? soundAlone;
  const standard = video?.standard ?? 'other';
  const fieldOrder = input.isFieldOrderAssumed ? undefined : video?.fieldOrder;
  const description = {
    frameRate,
    bitDepth: raw?.bitDepth ?? 8,
    channels,
    standard,
    fieldOrder,
    hasPicture: raw !== undefined,
  };
  await rm(input.samplesPath, { force: true });
  const store = createSampleStore(input.samplesPath, measures, description);
  // For the meters, and for what each frame shows: no message has more rows.
  const window = createLiveWindow(measures, description, rowsAtMost);
  const contents = createFrameContents();
  let events: QcEvent[] = [];

  function take(values: Float32Array, count: number): void {
    for (let row = 0; row < count; row++) {
      const one = values.subarray(row * measures.length, (row + 1) * measures.length);
      store.append(one);
      window.append(one);
    }
    const contentOf = createFrameContentTest(window.series);
    while (contents.frames < window.frames) contents.add(contentOf(contents.frames - window.firstFrame));
  }

  const measuring = await startMeasuring(
    {
      picture: video &&
        raw && {
          raw,
          isNumbered: input.isNumbered,
          raster: {
            ...{ width: raw.width, height: raw.height },
            ...{ chromaWidth: raw.chromaWidth, chromaHeight: raw.chromaHeight, bitDepth: raw.bitDepth },
            ...{ fieldOrder: video.fieldOrder, frameRate, standard },
          },
        },
      sound: audio && { channels, sampleRateHz: audio.sampleRateHz, frameRate },
    },
    {
      onRows: take,
      onJudged: (found, firstFrame) => {
        events = joinLive(events, found, firstFrame);
      },
    },
    { niceness: input.niceness, live: input.isLive ? { profile, description } : undefined },
  );

  return {
    videoFilter: measuring.picture?.filter,
    videoOutput: measuring.picture?.output ?? [],
    audioFilter: measuring.sound?.filter,
    audioOutput: measuring.sound?.output ?? [],
    latest: () => ({
      frames: window.frames,
      audioPeaksDbfs: latestPeaks(window.series),
      signal: latestSignal(window, events),
      events,
    }),
    contents: contents.from,
    leaveGaps: measuring.leaveGaps,
    async finish(timeGaps) {
      measuring.decoderEnded();
      const end = await measuring.ended;
      await store.close();
      if (end.reason === 'failed') throw new Error(end.problem);
      const { samplesPath } = input;
      const series = readSampleStore(samplesPath);
      const judged = await judgeStore({ samplesPath, profile, judgedChannels: undefined, timeGaps });
      events = judged.events;
      return {
        samplesPath,
        frames: series.frames,
        profileId: profile.id,
        ...judged,
        series,
        costMs: end.costMs,
      };
    },
    async abandon() {
      await measuring.stop();
      // The decode is given up: whatever the disk said about its samples no longer matters.
      await store.close().catch(() => undefined);
      await rm(input.samplesPath, { force: true });
    },
  };
}

/** Peak of each channel over the last half second; -200 stands for digital silence, since JSON has no infinity. */
function latestPeaks(series: LiveWindow['series']): number[] {
  const window = Math.max(1, Math.round(series.frameRate.num / series.frameRate.den / 2));
  return Array.from({ length: series.channels }, (_, at) => {
    const column = series.column(audioColumn('peakDbfs', at + 1)).subarray(-window);
    let peak = -200;
    for (const value of column) if (value > peak) peak = value;
    return Math.round(peak * 10) / 10;
  });
}

function latestSignal({ frames }: LiveWindow, events: readonly QcEvent[]): 'present' | 'lost' | 'unknown' {
  if (frames === 0) return 'unknown';
  const losses = events.filter((event) => event.check === 'signal-loss');
  return losses.some((event) => event.endFrame >= frames - 50) ? 'lost' : 'present';
}
