import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileTail } from '#core/ffmpeg/growing-text.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { FrameContent } from '#shared/domain/frame-content.ts';
import type { QcProfile } from '#shared/domain/profiles.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import { createFrameAssembler } from './frame-assembler.ts';
import { createFrameContentTest } from './frame-content.ts';
import { createGrowingSeries } from './growing-series.ts';
import { type Judged, judge } from './judge.ts';
import { audioBlockSamples, measureChain } from './measure-chain.ts';
import { audioColumn, measuresFor } from './measures.ts';
import { createMetadataReader } from './metadata-reader.ts';
import { createSampleStore } from './sample-store.ts';
import type { Series } from './series.ts';

const readEveryMs = 250;
/** Judging all that has played costs little, but not nothing: an event shows within two seconds. */
const judgeEveryMs = 1500;

/** A tap on somebody's decode: filters to hang behind it, and the reader of what they print. */
export interface Tap {
  videoFilter: string;
  audioFilter: string | undefined;
  latest(): { audioPeaksDbfs: number[]; signal: 'present' | 'lost' | 'unknown'; events: QcEvent[] };
  /** What the frames from `from` on show, as far as they are measured; also after `finish`. */
  contents(from: number): FrameContent[];
  finish(): Promise<Judged & { samplesPath: string; frames: number; profileId: string; series: Series }>;
  leaveGaps(): void;
  abandon(): Promise<void>;
}

/**
 * Opens a tap. `workDir` takes what ffmpeg prints (thrown away at the end), `samplesPath` the sample store; a store of
 * an earlier, unfinished run of the same follower is replaced.
 */
export async function openTap(input: {
  workDir: string;
  samplesPath: string;
  video: VideoFormat;
  audio: AudioFormat | undefined;
  profile: QcProfile;
}): Promise<Tap> {
  const { video, audio, profile } = input;
  const paths = {
    video: join(input.workDir, 'video-measures.txt'),
    audio: join(input.workDir, 'audio-measures.txt'),
  };
  const chain = measureChain(video, audio, paths);
  const measures = measuresFor(audio?.channels ?? 0);
  const description = {
    frameRate: video.frameRate,
    bitDepth: bitDepthOf(video.pixelFormat),
    channels: audio?.channels ?? 0,
    standard: video.standard,
  };
  await rm(input.samplesPath, { force: true });
  const store = createSampleStore(input.samplesPath, measures, description);
  const growing = createGrowingSeries(measures, description);
  const blockS = audio && audioBlockSamples(video, audio) / audio.sampleRateHz;
  const assembler = createFrameAssembler(measures, { frameRate: video.frameRate, blockS }, (values) => {
    store.append(values);
    growing.append(values);
  });
  const videoReader = createMetadataReader(assembler.addVideo);
  const audioReader = createMetadataReader(assembler.addAudio);
  const videoTail = createFileTail(paths.video, videoReader.write);
  const audioTail = audio && createFileTail(paths.audio, audioReader.write);

  let events: QcEvent[] = [];
  let judgedAtMs = Number.NEGATIVE_INFINITY;
  let problem: unknown;
  let reading: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    reading = reading.then(readOn).catch((error: unknown) => {
      problem ??= error;
    });
  }, readEveryMs);

  async function readOn(): Promise<void> {
    await videoTail.read();
    await audioTail?.read();
    if (performance.now() - judgedAtMs < judgeEveryMs) return;
    judgedAtMs = performance.now();
    events = judge(growing.series, profile).events;
  }

  async function close(): Promise<void> {
    clearInterval(timer);
    await reading;
    await videoTail.close();
    await audioTail?.close();
  }

  return {
    ...chain,
    latest: () => ({
      audioPeaksDbfs: latestPeaks(growing.series),
      signal: latestSignal(growing.series, events),
      events,
    }),
    contents(from) {
      // The columns grow into new arrays: they are taken anew for each call.
      const contentOf = createFrameContentTest(growing.series);
      const frames = Math.max(0, growing.series.frames - from);
      return Array.from({ length: frames }, (_, offset) => contentOf(from + offset));
    },
    leaveGaps: assembler.leaveGaps,
    async finish() {
      clearInterval(timer);
      await reading;
      if (problem) throw problem;
      await readOn();
      audioReader.end();
      videoReader.end();
      assembler.end();
      await close();
      await store.close();
      // A kilobyte a frame, all of it in the store now.
      await Promise.all(Object.values(paths).map((path) => rm(path, { force: true })));
      const judged = judge(growing.series, profile);
      events = judged.events;
      return {
        samplesPath: input.samplesPath,
        frames: growing.series.frames,
        profileId: profile.id,
        ...judged,
        series: growing.series,
      };
    },
    async abandon() {
      await close();
      // The decode is given up: whatever the disk said about its samples no longer matters.
      await store.close().catch(() => undefined);
      await rm(input.samplesPath, { force: true });
    },
  };
}

/** Bits per sample that ffmpeg's pixel format name tells: `yuv422p10le` has 10; names without a number have 8. */
export function bitDepthOf(pixelFormat: string): number {
  const match = /p(9|10|12|14|16)(?:le|be)?$/.exec(pixelFormat);
  return match ? Number(match[1]) : 8;
}

/** Peak of each channel over the last half second; -200 stands for digital silence, since JSON has no infinity. */
function latestPeaks(series: Series): number[] {
  const window = Math.max(1, Math.round(series.frameRate.num / series.frameRate.den / 2));
  return Array.from({ length: series.channels }, (_, at) => {
    const column = series.column(audioColumn('peakDbfs', at + 1)).subarray(-window);
    let peak = -200;
    for (const value of column) if (value > peak) peak = value;
    return Math.round(peak * 10) / 10;
  });
}

function latestSignal(series: Series, events: readonly QcEvent[]): 'present' | 'lost' | 'unknown' {
  if (series.frames === 0) return 'unknown';
  const losses = events.filter((event) => event.check === 'signal-loss');
  return losses.some((event) => event.endFrame >= series.frames - 50) ? 'lost' : 'present';
}
