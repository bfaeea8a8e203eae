import type { DerivedWork } from '#shared/domain/pass.ts';
import { thumbnailStepFrames } from '#shared/domain/thumbnails.ts';
import {
  type AccessSource,
  accessAudioFilter,
  accessOutputArguments,
  accessRaster,
  accessVideoFilters,
  keptLines,
  squarePixels,
} from './access-copy-arguments.ts';
import { audioHashCodec, audioHashFilter, audioHashOutput, frameHashOutput } from './audio-hash.ts';
import { filterText } from './escape.ts';
import { numberedTimesFilters } from './numbered-times.ts';
import { gate } from './work-gates.ts';

/** What one decode of a master can make. Any of them can be left out. */
export const followerOutputs = [
  'frame-hashes',
  'audio-hashes',
  'measures',
  'timecode',
  'access',
  'live-picture',
  'thumbnails',
] as const;
export type FollowerOutput = (typeof followerOutputs)[number];

/** Names of what the decode writes, relative to the folder it runs in. */
export const followerFiles = {
  frameHashes: 'decoded.framehash',
  audioHashes: 'decoded.audiohash',
  access: 'access.mp4',
  livePicture: 'live.jpg',
  thumbnails: 'thumbnails',
} as const;

/** Where whoever starts the decoder listens for what may carry timecode. */
export const timecodeDescriptor = 3;

/** Where it is fed with the growing file: standard input takes commands, and whatever begins with `pipe:` would forbid that. */
export const feedDescriptor = 4;
export const feedInput = `async:pipe:${feedDescriptor}`;

/** Which outputs make a derived work that can give way while the decode goes on. */
export const outputOfWork = {
  access: 'access',
  thumbnails: 'thumbnails',
  samples: 'measures',
  'live-picture': 'live-picture',
} as const satisfies Record<DerivedWork, FollowerOutput>;

/** What a measuring instrument hangs behind the decode: filters, and the outputs behind them (default: none that is written). */
export interface MeasureOutputs {
  videoFilter: string | undefined;
  videoOutput?: readonly string[];
  audioFilter: string | undefined;
  audioOutput?: readonly string[];
}

/** One decode, in full. */
export interface FollowerPlan extends AccessSource {
  /** `feedInput`, or a file as `file:/…`. */
  input: string;
  /** Pixel format in which the frames were hashed at capture. */
  pixelFormat: string;
  /** Channels of each audio track of the master, in order; empty where there is no sound. */
  trackChannels: readonly number[];
  /** Filters of a measuring instrument, without labels; the sound comes to it as one stream of all channels. */
  measures: MeasureOutputs | undefined;
  /**
   * What goes out by the descriptor `timecodeDescriptor`: so many lines at the top of each picture as eight-bit luma, or the
   * packets of the picture as they are.
   */
  timecode?: number | 'packets' | undefined;
  outputs: ReadonlySet<FollowerOutput>;
  /** Threads of the decoder, and of each filter graph. */
  threads: number;
}

/** One output of the decode: where it hangs on picture and sound, and what it writes. */
interface Branch {
  /** Filters behind the decoded picture; undefined when it wants none of it. */
  video?: string[];
  /** Streams of sound, each from one or more tracks merged into one. */
  audio?: { tracks: number[]; filters: string[] }[];
  output: string[];
}

/**
 * ffmpeg's arguments for one decode that feeds all outputs. The first output is the one whose frames ffmpeg's progress
 * counts. No frame is doubled or dropped for its timestamp on the way to hashes and measures (`passthrough`).
 */
export function followerArguments(plan: FollowerPlan): string[] {
  const branches = [hashBranch(plan), audioHashBranch(plan), ...measureBranches(plan)]
    .concat([timecodeBranch(plan), accessBranch(plan), livePictureBranch(plan), thumbnailBranch(plan)])
    .filter((branch) => branch !== undefined);
  const graph = createGraph(plan.trackChannels.length);
  const outputs = branches.flatMap((branch) => {
    const labels = [
      ...(branch.video ? [graph.video(branch.video)] : []),
      ...(branch.audio ?? []).map(({ tracks, filters }) => graph.audio(tracks, filters)),
    ];
    return [...labels.flatMap((label) => ['-map', label]), ...branch.output];
  });
  return [
    ...decoding(plan),
    ...['-filter_complex_threads', String(plan.threads), '-filter_complex', graph.text()],
    ...outputs,
  ];
}

/** The hashes of a file that is complete, and nothing else: for verification. `input` as in a plan. */
export function hashArguments(plan: {
  input: string;
  pixelFormat: string;
  audioTracks: number;
  threads: number;
}): string[] {
  const tracks = Array.from({ length: plan.audioTracks }, (_, track) => ['-map', `0:a:${track}`]).flat();
  return [
    ...decoding(plan),
    ...['-map', '0:v:0', ...frameHashOutput(followerFiles.frameHashes, plan.pixelFormat)],
    ...(tracks.length === 0 ? [] : [...tracks, '-af', audioHashFilter]),
    ...(tracks.length === 0 ? [] : audioHashOutput(followerFiles.audioHashes)),
  ];
}

/** An intra codec decodes slice by slice: frame threads would only hold more pictures in memory. */
function decoding({ input, threads }: { input: string; threads: number }): string[] {
  return [
    ...['-hide_banner', '-nostats', '-v', 'error', '-progress', 'pipe:1', '-stats_period', '0.2'],
    ...['-threads', String(threads), '-thread_type', 'slice', '-f', 'matroska', '-i', input],
  ];
}

function hashBranch(plan: FollowerPlan): Branch | undefined {
  if (!plan.outputs.has('frame-hashes')) return undefined;
  return {
    video: [`format=${plan.pixelFormat}`],
    output: frameHashOutput(followerFiles.frameHashes, plan.pixelFormat),
  };
}

function audioHashBranch(plan: FollowerPlan): Branch | undefined {
  if (!plan.outputs.has('audio-hashes') || plan.trackChannels.length === 0) return undefined;
  return {
    audio: plan.trackChannels.map((_, track) => ({ tracks: [track], filters: [audioHashFilter] })),
    output: audioHashOutput(followerFiles.audioHashes),
  };
}

function measureBranches({ measures, outputs, trackChannels, video }: FollowerPlan): Branch[] {
  if (!measures || !outputs.has('measures')) return [];
  const { videoFilter, audioFilter } = measures;
  // Behind a shut gate pictures are numbered by their time. Where the card lost frames the master's own times have holes: in
  // front of the gate each gets the time of its number, which is the one that everybody else knows it by, and how late it is.
  const numbered = numberedTimesFilters(video.frameRate);
  const picture: Branch | undefined =
    videoFilter === undefined
      ? undefined
      : {
          video: [...numbered, gate('metadata', 'samples'), videoFilter],
          output: [
            ...(measures.videoOutput ?? [
              '-fps_mode',
              'passthrough',
              '-c:v',
              'wrapped_avframe',
              '-f',
              'null',
              '-',
            ]),
          ],
        };
  const tracks = trackChannels.map((_, track) => track);
  const sound: Branch | undefined =
    audioFilter === undefined || tracks.length === 0
      ? undefined
      : {
          audio: [{ tracks, filters: [gate('ametadata', 'samples'), audioFilter] }],
          output: [...(measures.audioOutput ?? ['-c:a', audioHashCodec, '-f', 'null', '-'])],
        };
  return [picture, sound].filter((branch) => branch !== undefined);
}

/** Small enough for a pipe: a frame's first lines are a fortieth of it, and DV is 3.6 MB a second. */
function timecodeBranch({ timecode, outputs }: FollowerPlan): Branch | undefined {
  if (timecode === undefined || !outputs.has('timecode')) return undefined;
  const pipe = `pipe:${timecodeDescriptor}`;
  if (timecode === 'packets') return { output: ['-map', '0:v:0', '-c:v', 'copy', '-f', 'data', pipe] };
  return {
    video: [`crop=in_w:${timecode}:0:0:exact=1`, 'extractplanes=y', 'format=gray'],
    output: [
      ...['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-flush_packets', '1'],
      ...['-f', 'rawvideo', pipe],
    ],
  };
}

function accessBranch(plan: FollowerPlan): Branch | undefined {
  if (!plan.outputs.has('access')) return undefined;
  const soundGate = gate('ametadata', 'access');
  const audio = stereoPairs(plan.trackChannels).map((tracks) => ({
    tracks,
    filters: [soundGate, accessAudioFilter],
  }));
  return {
    video: [gate('metadata', 'access'), ...accessVideoFilters(plan)],
    audio,
    output: [...accessOutputArguments(plan, audio.length), '-f', 'mp4', followerFiles.access],
  };
}

/** At most five pictures a second of the wall clock, however fast the decode runs; each is put in place whole. */
function livePictureBranch(plan: FollowerPlan): Branch | undefined {
  if (!plan.outputs.has('live-picture')) return undefined;
  return {
    video: stillFilters(plan, 'live-picture', 'if(gte(time(0)-ld(0),0.2),st(0,time(0)),0)'),
    output: [
      ...stillOutput('4'),
      ...['-update', '1', '-atomic_writing', '1', '-f', 'image2', followerFiles.livePicture],
    ],
  };
}

function thumbnailBranch(plan: FollowerPlan): Branch | undefined {
  if (!plan.outputs.has('thumbnails')) return undefined;
  return {
    video: stillFilters(plan, 'thumbnails', `not(mod(n,${thumbnailStepFrames(plan.video.frameRate)}))`),
    output: [
      ...stillOutput('4'),
      ...['-start_number', '0', '-f', 'image2', `${followerFiles.thumbnails}/%06d.jpg`],
    ],
  };
}

/**
 * Few frames, in square pixels, with the matrix and range that JPEG means (JFIF). Of interlaced ones the first field only:
 * a deinterlacer would hold each picture back until the next is chosen, and ffmpeg 5 reports no progress until every output
 * has had its first.
 */
function stillFilters(plan: FollowerPlan, work: DerivedWork, choice: string): string[] {
  const raster = accessRaster(plan);
  const { fieldOrder } = plan.video;
  const field = fieldOrder === 'tff' ? 'top' : 'bottom';
  return [
    // Behind the choice, which is cheap and counts frames.
    filterText('select', { expr: choice }),
    gate('metadata', work),
    ...keptLines(plan, raster),
    ...(fieldOrder === 'progressive' ? [] : [filterText('field', { type: field })]),
    ...squarePixels(raster, { out_color_matrix: 'bt601', out_range: 'pc' }),
    'format=yuvj420p',
  ];
}

function stillOutput(quality: string): string[] {
  return ['-fps_mode', 'passthrough', '-c:v', 'mjpeg', '-q:v', quality, '-threads', '1'];
}

/** Tracks that make one stream of the access copy: stereo tracks by themselves, mono tracks two by two. */
function stereoPairs(trackChannels: readonly number[]): number[][] {
  const pairs: number[][] = [];
  let lone: number[] | undefined;
  trackChannels.forEach((channels, track) => {
    if (channels === 1 && lone) {
      lone.push(track);
      lone = undefined;
      return;
    }
    const pair = [track];
    pairs.push(pair);
    lone = channels === 1 ? pair : undefined;
  });
  return pairs;
}

/** Collects chains, then writes one graph in which each decoded stream is split as often as it is used. */
function createGraph(trackCount: number) {
  const chains: string[] = [];
  const pictures: string[] = [];
  const sounds = Array.from({ length: trackCount }, (): string[] => []);

  function take(taken: string[], name: string): string {
    const label = `[${name}_${taken.length}]`;
    taken.push(label);
    return label;
  }

  return {
    video(filters: readonly string[]): string {
      const label = `[v${chains.length}]`;
      chains.push(`${take(pictures, 'picture')}${filters.join(',')}${label}`);
      return label;
    },
    audio(tracks: readonly number[], filters: readonly string[]): string {
      const label = `[a${chains.length}]`;
      const inputs = tracks.map((track) => take(sounds[track] ?? [], `sound${track}`));
      const merge = inputs.length > 1 ? [filterText('amerge', { inputs: inputs.length })] : [];
      chains.push(`${inputs.join('')}${[...merge, ...filters].join(',')}${label}`);
      return label;
    },
    text(): string {
      const splits = [
        splitText('[0:v:0]', 'split', pictures),
        ...sounds.map((taken, track) => splitText(`[0:a:${track}]`, 'asplit', taken)),
      ];
      return [...splits.filter((split) => split !== undefined), ...chains].join(';');
    },
  };
}

function splitText(from: string, filter: string, labels: readonly string[]): string | undefined {
  return labels.length === 0 ? undefined : `${from}${filter}=${labels.length}${labels.join('')}`;
}
