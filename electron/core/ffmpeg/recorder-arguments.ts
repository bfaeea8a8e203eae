import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import { formatRational, type Rational, rational, toNumber } from '#shared/domain/rational.ts';
import { audioHashFilter, audioHashOutput, frameHashOutput } from './audio-hash.ts';
import { filterText } from './escape.ts';
import { packetsUpTo } from './packet-limit.ts';

/** One recording, as the recorder's ffmpeg is told about it. */
export interface RecorderJob {
  /** Up to and including `-i URL`. */
  inputArgs: readonly string[];
  video: VideoFormat;
  audio: AudioFormat | undefined;
  /** Which input the sound comes from, where it is not the picture's own (a sound card beside a video card): 1. */
  audioInput?: number | undefined;
  essence: 'encode' | 'copy';
  /** Name of the codec as it arrives; needed for `copy`. */
  codec?: string | undefined;
  master: MasterProfile['master'];
  masterPath: string;
  frameHashesPath: string;
  /** Not written where there is no sound. */
  audioHashesPath: string;
  /** Where frames carry a timecode in their metadata: under which key, and the list that it is written into. */
  timecode?: { key: string; listPath: string } | undefined;
  /** ffmpeg's own progress, in a file: nobody who stops reading can hold the recorder up. */
  progressPath: string;
  /** Where the recording ends by itself; undefined: with the source. */
  frames: number | undefined;
  /** Threads of the encoder. */
  threads: number;
  /** Global tags of the master; empty values are left out. */
  tags: Readonly<Record<string, string>>;
}

/**
 * The recorder's arguments. One read of the source; the frames are hashed as they arrive, in the master's own pixel format,
 * in front of the encoder. Timestamps pass through: a gap in a live source stays a gap, and nothing is duplicated.
 *
 * Picture and sound have a graph each: ffmpeg keeps a graph's frames back until all its inputs have begun, so that pictures would
 * pile up undecided where sound is announced and does not come.
 */
export function recorderArguments(job: RecorderJob): string[] {
  const { graphs, outputs } = job.essence === 'copy' ? copied(job) : encoded(job);
  return [
    // `repeat`: each packet that a card throws away is a line at once, not a count when another line comes.
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'repeat+level+info', '-n'],
    ...['-progress', job.progressPath, '-stats_period', '0.2'],
    ...pictureByPicture,
    ...job.inputArgs,
    ...graphs.flatMap((graph) => ['-filter_complex', graph]),
    ...outputs,
  ];
}

/**
 * Threads of the decoder share a picture, instead of having one each: those would keep back as many pictures as the machine has
 * cores, which are lost when a signal ends the recorder (up to ffmpeg 6 its decoders are not emptied then) and when it dies.
 * One thread is enough for what cards give, and two cost a hundredth or two of the recorder's time to wake.
 */
const pictureByPicture = ['-threads', '1', '-thread_type', 'slice'];

function encoded(job: RecorderJob): { graphs: string[]; outputs: string[] } {
  const { video, audio, master } = job;
  const tracks = audio ? audioTracks(audio.channels, master.audioTracks) : [];
  const colour = colourOf(master, video);
  const fieldMode = { tff: 'tff', bff: 'bff', progressive: 'prog' }[video.fieldOrder];
  const limit = limitOf(job);
  const picture = [
    rasterGuard(video),
    ...(limit ? [`trim=end=${limit.videoEndS}`] : []),
    ...timecodeFilters(job),
    `setparams=field_mode=${fieldMode}:range=${colour.range}:color_primaries=${colour.primaries}` +
      `:color_trc=${colour.transfer}:colorspace=${colour.matrix}`,
    `setsar=${formatRational(sampleAspectOf(master, video))}`,
    `format=${master.pixelFormat}`,
    'split=2[master][frames]',
  ];
  const graphs = [`[0:v:0]${picture.join(',')}`];
  if (audio) graphs.push(soundGraph(audio, tracks, limit?.audioEndS, job.audioInput ?? 0).join(';'));
  const fieldOrder = { tff: 'tt', bff: 'bb', progressive: 'progressive' }[video.fieldOrder];
  return {
    graphs,
    outputs: [
      ...['-map', '[master]', ...tracks.flatMap((_, index) => ['-map', `[track${index}]`])],
      ...['-c:v', 'ffv1', '-level', '3', '-g', '1', '-slices', String(slicesOf(master, video))],
      ...['-slicecrc', '1', '-context', '0', '-threads', String(job.threads), '-field_order', fieldOrder],
      ...['-fps_mode', 'passthrough', ...(audio ? ['-c:a', 'pcm_s24le'] : [])],
      ...matroskaOutput(job),
      ...['-map', '[frames]', ...frameHashOutput(job.frameHashesPath, master.pixelFormat)],
      ...(audio
        ? [
            ...tracks.flatMap((_, index) => ['-map', `[blocks${index}]`]),
            ...audioHashOutput(job.audioHashesPath),
          ]
        : []),
    ],
  };
}

/**
 * A tape's own stream is kept byte for byte; the hashes are of what it decodes to, as with every other master. The sound of DV
 * lies inside the frames that are kept: its tracks are a copy in PCM, in hash blocks. Coded sound (HDV) is kept coded.
 */
function copied(job: RecorderJob): { graphs: string[]; outputs: string[] } {
  const { video, audio } = job;
  const limit = limitOf(job);
  const streams = audio ? (audio.streamChannels ?? [audio.channels]).map((_, index) => index) : [];
  const isCodedSound = job.codec !== 'dvvideo';
  const cut = limit ? `atrim=end=${limit.audioEndS},` : '';
  const trim = limit ? [`trim=end=${limit.videoEndS}`] : [];
  const graphs = [
    `[0:v:0]${[rasterGuard(video), ...trim, ...timecodeFilters(job), `format=${video.pixelFormat}`].join(',')}[frames]`,
    ...streams.map((index) =>
      isCodedSound
        ? `[0:a:${index}]${cut}${audioHashFilter}[blocks${index}]`
        : `[0:a:${index}]${cut}${audioHashFilter},asplit=2[track${index}][blocks${index}]`,
    ),
  ];
  const sound = streams.flatMap((index) => ['-map', isCodedSound ? `0:a:${index}` : `[track${index}]`]);
  return {
    graphs,
    outputs: [
      ...['-map', '0:v:0', ...sound, '-c:v', 'copy'],
      ...(streams.length > 0 ? ['-c:a', isCodedSound ? 'copy' : 'pcm_s24le'] : []),
      // `-t` is not exact for a stream that is decoded as well: it only ends the reading, a little later.
      ...(limit ? ['-bsf:v', packetsUpTo(limit.frames), '-t', String(Number(limit.audioEndS) + 1)] : []),
      ...matroskaOutput(job),
      ...['-map', '[frames]', ...frameHashOutput(job.frameHashesPath, video.pixelFormat)],
      ...(streams.length > 0
        ? [
            ...streams.flatMap((index) => ['-map', `[blocks${index}]`]),
            ...audioHashOutput(job.audioHashesPath),
          ]
        : []),
    ],
  };
}

/**
 * Passes pictures of the announced raster through untouched, and ends the recorder at the first of another one. Without it ffmpeg
 * would scale that one and all that follow, and say nothing: a filter's width and height are reckoned anew whenever a graph is
 * set up anew, which is when the raster changes. Recovery then makes a whole master of what came before.
 *
 * Other chroma is another raster too, and would be converted as silently: a decoder may change over within a stream (MJPEG, DV). What
 * this filter cannot see is another depth or range with the same chroma.
 */
function rasterGuard({ width, height, pixelFormat }: VideoFormat): string {
  const chroma = chromaSteps(pixelFormat);
  const isAnnounced = [
    `eq(iw,${width})*eq(ih,${height})`,
    ...(chroma ? [`eq(hsub,${chroma[0]})*eq(vsub,${chroma[1]})`] : []),
  ].join('*');
  return filterText('crop', { w: `if(${isAnnounced},iw,-1)`, h: 'ih', x: 0, y: 0, exact: 1 });
}

/** Pixels that share one sample of chroma, across and down (pixdesc.c: 1 << log2_chroma_w, _h); undefined for formats that do not say it. */
function chromaSteps(pixelFormat: string): [across: number, down: number] | undefined {
  if (/^(?:yuvj?422p|uyvy422|yuyv422|yvyu422)/.test(pixelFormat)) return [2, 1];
  if (/^yuvj?420p/.test(pixelFormat)) return [2, 2];
  if (/^yuvj?411p/.test(pixelFormat)) return [4, 1];
  if (/^yuvj?444p/.test(pixelFormat)) return [1, 1];
  return undefined;
}

/**
 * Writes each frame's timecode into a list, as it comes (timecode-list.ts). It looks at no sample, passes every frame on, and
 * does not notice when it cannot write.
 */
function timecodeFilters({ timecode }: RecorderJob): string[] {
  if (!timecode) return [];
  const { key, listPath } = timecode;
  return [filterText('metadata', { mode: 'print', key, file: listPath, direct: 1 })];
}

/** Packets of a track that wait for the others to begin: two minutes of the fastest pictures. ffmpeg gives up behind 128. */
const waitingPackets = 6000;

/**
 * Cues stay at the end, where there is room for all of them: a reserved index that is too small is left out by ffmpeg with
 * exit code 0. Every packet is flushed, so that a kill costs the cluster being written and no more.
 */
function matroskaOutput(job: RecorderJob): string[] {
  const tags = Object.entries(job.tags).filter(([, value]) => value !== '');
  return [
    ...['-max_muxing_queue_size', String(waitingPackets)],
    ...['-max_interleave_delta', '1000000', '-flush_packets', '1', '-cluster_time_limit', '200'],
    ...['-write_crc32', '1', ...tags.flatMap(([name, value]) => ['-metadata', `${name}=${value}`])],
    ...['-f', 'matroska', job.masterPath],
  ];
}

/**
 * Sound of an input of its own begins a little before or after the picture: it is cut or filled with silence there, once, so
 * that both begin together. Later gaps stay gaps: nothing is stretched or filled (no soft, no later hard compensation).
 */
const beginWithPicture = 'aresample=first_pts=0:min_comp=0.001:min_hard_comp=1000000:max_soft_comp=0';

/** Sound: streams joined, cut at the limit, in hash blocks from here on (packets of the master too), a track at a time. */
function soundGraph(
  audio: AudioFormat,
  tracks: number[][],
  endS: string | undefined,
  input: number,
): string[] {
  const streams = audio.streamChannels?.length ?? 1;
  const inputs = Array.from({ length: streams }, (_, index) => `[${input}:a:${index}]`).join('');
  const joined = streams > 1 ? [`amerge=inputs=${streams}`] : [];
  const chain = [
    ...joined,
    ...(input === 0 ? [] : [beginWithPicture]),
    ...(endS ? [`atrim=end=${endS}`] : []),
    audioHashFilter,
    `asplit=${tracks.length}`,
  ];
  const split = tracks.map((_, index) => `[sound${index}]`).join('');
  return [
    `${inputs}${chain.join(',')}${split}`,
    ...tracks.map((channels, index) => {
      const layout = channels.length === 1 ? 'mono' : 'stereo';
      const picked = channels.map((channel, position) => `c${position}=c${channel}`).join('|');
      return `[sound${index}]pan=${layout}|${picked},asplit=2[track${index}][blocks${index}]`;
    }),
  ];
}

/** Which channels of the source (from 0) go to which track of the master. An odd last channel is a track of its own. */
export function audioTracks(channels: number, layout: 'pairs' | 'channels'): number[][] {
  const all = Array.from({ length: channels }, (_, channel) => channel);
  if (layout === 'channels') return all.map((channel) => [channel]);
  return all.filter((channel) => channel % 2 === 0).map((first) => all.slice(first, first + 2));
}

/**
 * Where to cut, in seconds: pictures half a frame before the end, so that rounding of timestamps cannot take one more or
 * less; sound exactly at it.
 */
function limitOf({
  frames,
  video,
}: RecorderJob): { frames: number; videoEndS: string; audioEndS: string } | undefined {
  if (frames === undefined) return undefined;
  const rate = toNumber(video.frameRate);
  return { frames, videoEndS: ((frames - 0.5) / rate).toFixed(6), audioEndS: (frames / rate).toFixed(6) };
}

function isHd(video: VideoFormat): boolean {
  return video.height >= 720;
}

/** PAL or NTSC by name, or by rate where the raster belongs to neither. */
function systemOf(video: VideoFormat): 'PAL' | 'NTSC' {
  if (video.standard !== 'other') return video.standard;
  return Math.abs(toNumber(video.frameRate) - 29.97) < 0.1 ? 'NTSC' : 'PAL';
}

/** Number of slices that every frame of such a master has. */
export function slicesOf(master: MasterProfile['master'], video: VideoFormat): number {
  return isHd(video) ? master.slices.hd : master.slices.sd;
}

/** Colour tags of such a master, as ffmpeg names them. */
export function colourOf(
  master: MasterProfile['master'],
  video: VideoFormat,
): MasterProfile['master']['colour']['HD'] {
  return video.colour ?? master.colour[isHd(video) ? 'HD' : systemOf(video)];
}

/** Shape of a pixel of such a master. HD has square pixels. */
export function sampleAspectOf(master: MasterProfile['master'], video: VideoFormat): Rational {
  if (video.sampleAspect) return video.sampleAspect;
  return isHd(video) ? rational(1) : master.pixelShapes[systemOf(video)][master.aspect];
}

/** 4:2:2 with eight bits: in ten bits each code is four times itself, and nothing else happens to it. */
const eightBit422 = new Set(['yuv422p', 'uyvy422', 'yuyv422', 'yvyu422']);

/**
 * Whether a picture goes into a master of this profile bit for bit: in its own pixel format, or from eight bits into ten.
 * Anything else (other chroma, fewer bits, full range) would be a conversion, and its hashes not those of the frames that came.
 */
export function isKeptExactly(master: MasterProfile['master'], video: VideoFormat): boolean {
  if (video.pixelFormat === master.pixelFormat) return true;
  return eightBit422.has(video.pixelFormat) && video.colour?.range !== 'pc';
}
