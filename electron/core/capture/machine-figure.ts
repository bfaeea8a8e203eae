import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { recorderArguments, slicesOf } from '#core/ffmpeg/recorder-arguments.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import { formatRational, toNumber } from '#shared/domain/rational.ts';
import { makePreflightFolder } from './preflight-folder.ts';
import { encoderThreads } from './recorder-command.ts';

/** What this machine does with a recorder's work, as measured. */
export interface MachineFigure {
  /** How many times faster than real time the recorder's work goes. */
  speed: number;
  /** The same with a quarter of the slices; undefined where that was not tried. */
  speedWithFewerSlices: number | undefined;
  /** Bytes a second of such a master; of a noisy picture, but never more than the picture has uncompressed. */
  bytesPerS: number;
  /** Bytes a second that the masters' disk takes in a burst, written down to the disk itself; over a whole tape it may take less. */
  diskBytesPerS: number;
}

export interface FigureRequest {
  ffmpegPath: string;
  mastersDir: string;
  video: VideoFormat;
  audio: AudioFormat | undefined;
  profile: MasterProfile;
  /** 0 to 19; above 0 it gives way to what runs already, and measures what that leaves. */
  nice: number;
  /** Nothing is being recorded: the disk may be written to for longer. */
  isAlone: boolean;
  /** Below this speed it is also tried with fewer slices. */
  comfortableSpeed: number;
  /** Breaks the measurement off. */
  signal?: AbortSignal | undefined;
}

const measuredFrames = 50;
const diskBlockBytes = 4 << 20;
/** Beside a recorder a short burst; alone a longer one, behind which fewer caches can hide. */
const diskBlocks = { beside: 4, alone: 16 };
/** A disk so slow is slow enough to know. */
const diskPatienceMs = 2_000;

/** Bytes of a pixel in the raw picture that is recorded: 4:2:2 at ten bits in words of sixteen. Deeper ones have twice that. */
const rawBytesPerPixel = 4;

/** Bytes that a measurement has on the disk at most: the raw picture and its sound, two masters of it, and the blocks. */
export function measurementBytes(video: VideoFormat, audio: AudioFormat | undefined): number {
  const seconds = measuredFrames / toNumber(video.frameRate);
  const picture = video.width * video.height * measuredFrames * rawBytesPerPixel;
  const sound = audio ? audio.channels * audio.sampleRateHz * 4 * seconds : 0;
  return (
    picture + sound + 2 * uncompressedBytesPerS(video, audio) * seconds + diskBlocks.alone * diskBlockBytes
  );
}

/**
 * Measures how fast this machine does the recorder's work now: a noisy picture of the source's raster is made first, and then
 * recorded as a pass would be, to the masters' disk; then blocks that do not compress are written down to that disk. Takes a
 * few seconds of one or more cores. Undefined where it was broken off. Throws HelicalError FFMPEG_FAILED.
 */
export async function measureMachine(request: FigureRequest): Promise<MachineFigure | undefined> {
  const { mastersDir, video, audio, profile, comfortableSpeed } = request;
  const folder = await makePreflightFolder(mastersDir);
  try {
    await made(request, join(folder, 'source.nut'));
    const whole = await recorded(request, folder, 'whole', profile);
    const slices = slicesOf(profile.master, video);
    const isTried = whole !== undefined && whole.speed < comfortableSpeed && slices >= 8;
    const fewer = isTried
      ? await recorded(request, folder, 'fewer', withSlices(profile, slices / 4))
      : undefined;
    const diskBytesPerS = whole && (await written(join(folder, 'blocks'), request));
    if (whole === undefined || diskBytesPerS === undefined || request.signal?.aborted) return undefined;
    return {
      speed: whole.speed,
      speedWithFewerSlices: fewer?.speed,
      bytesPerS: Math.min(whole.bytesPerS, uncompressedBytesPerS(video, audio)),
      diskBytesPerS,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function recorded(
  { ffmpegPath, video, audio, nice, signal }: FigureRequest,
  folder: string,
  name: string,
  profile: MasterProfile,
): Promise<{ speed: number; bytesPerS: number } | undefined> {
  const path = (ending: string) => join(folder, `${name}.${ending}`);
  const args = recorderArguments({
    inputArgs: ['-i', join(folder, 'source.nut')],
    video,
    audio: audio && { channels: audio.channels, sampleRateHz: audio.sampleRateHz },
    essence: 'encode',
    master: profile.master,
    masterPath: path('mkv'),
    frameHashesPath: path('framemd5'),
    audioHashesPath: path('audiomd5'),
    progressPath: path('progress'),
    frames: undefined,
    threads: encoderThreads(),
    tags: {},
  });
  const startedAtMs = performance.now();
  const end = await runTool(ffmpegPath, args, { nice, signal });
  const elapsedS = (performance.now() - startedAtMs) / 1000;
  if (end.reason === 'aborted') return undefined;
  if (end.reason !== 'finished') throw notMeasured(end.lastError);
  const rate = toNumber(video.frameRate);
  const { size } = await stat(path('mkv'));
  return { speed: measuredFrames / rate / elapsedS, bytesPerS: (size / measuredFrames) * rate };
}

/** Writes down to the disk itself, a block at a time, so that another writer waits for one block at most. */
async function written(path: string, { isAlone, signal }: FigureRequest): Promise<number | undefined> {
  const block = Buffer.from(
    Uint32Array.from({ length: diskBlockBytes / 4 }, (_, at) => Math.imul(at, 2654435761)).buffer,
  );
  await using file = await open(path, 'w');
  const startedAtMs = performance.now();
  let bytes = 0;
  const most = isAlone ? diskBlocks.alone : diskBlocks.beside;
  for (let count = 0; count < most; count++) {
    if (signal?.aborted) return undefined;
    await file.write(block);
    await file.datasync();
    bytes += block.length;
    if (performance.now() - startedAtMs > diskPatienceMs) break;
  }
  return (bytes * 1000) / Math.max(1, performance.now() - startedAtMs);
}

/** Noise is what costs most: a tape is somewhere between it and a test picture. */
async function made({ ffmpegPath, video, audio, nice, signal }: FigureRequest, path: string): Promise<void> {
  const seconds = measuredFrames / toNumber(video.frameRate);
  const picture =
    `testsrc2=s=${video.width}x${video.height}:r=${formatRational(video.frameRate)}:d=${seconds},` +
    `format=${video.pixelFormat},noise=alls=12:allf=t[out0]`;
  const channels = Array.from(
    { length: audio?.channels ?? 0 },
    (_, index) => `sin(${300 * (index + 1)}*t)/4`,
  );
  const sound = audio ? `;aevalsrc='${channels.join('|')}':s=${audio.sampleRateHz}:d=${seconds}[out1]` : '';
  const end = await runTool(
    ffmpegPath,
    [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-f', 'lavfi', '-i', `${picture}${sound}`],
      ...['-frames:v', String(measuredFrames), '-c:v', 'rawvideo', '-c:a', 'pcm_s32le', '-f', 'nut', path],
    ],
    { nice, signal },
  );
  if (end.reason === 'failed' || end.reason === 'missing') throw notMeasured(end.lastError);
}

function withSlices(profile: MasterProfile, slices: number): MasterProfile {
  const fewer = Math.max(4, Math.round(slices));
  return { ...profile, master: { ...profile.master, slices: { sd: fewer, hd: fewer } } };
}

/** 4:2:2 at ten bits, and the sound: no lossless master of a tape is larger for long. */
function uncompressedBytesPerS(video: VideoFormat, audio: AudioFormat | undefined): number {
  const picture = video.width * video.height * toNumber(video.frameRate) * 2.5;
  return picture + (audio ? audio.channels * audio.sampleRateHz * 3 : 0);
}

function notMeasured(said: string): HelicalError {
  return new HelicalError('FFMPEG_FAILED', {
    problem: `The speed of this machine could not be measured: ${said}.`,
    safe: 'Nothing was recorded.',
    remedy: 'Run helical doctor.',
  });
}
