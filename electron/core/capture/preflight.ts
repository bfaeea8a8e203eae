import { mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { recorderArguments } from '#core/ffmpeg/recorder-arguments.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import { formatRational, toNumber } from '#shared/domain/rational.ts';
import type { Preflight } from './capture.ts';
import { encoderThreads } from './recorder-command.ts';

/** From this on there is room for a busy moment. */
const comfortableSpeed = 1.3;
const measuredFrames = 50;

/**
 * Measures how fast this machine does the recorder's work now: a noisy picture of the source's raster is made first, and then
 * recorded as a pass would be, to the masters' disk. Takes a few seconds of one or more cores.
 */
export async function measurePreflight(options: {
  ffmpegPath: string;
  mastersDir: string;
  video: VideoFormat;
  audio: AudioFormat | undefined;
  profile: MasterProfile;
}): Promise<Preflight> {
  const { ffmpegPath, mastersDir, video, audio, profile } = options;
  const folder = await mkdtemp(join(mastersDir, '.preflight-'));
  try {
    const source = join(folder, 'source.nut');
    await made(ffmpegPath, source, video, audio);
    const path = (name: string) => join(folder, name);
    const args = recorderArguments({
      inputArgs: ['-i', source],
      video,
      audio: audio && { channels: audio.channels, sampleRateHz: audio.sampleRateHz },
      essence: 'encode',
      master: profile.master,
      masterPath: path('master.mkv'),
      frameHashesPath: path('master.framemd5'),
      audioHashesPath: path('master.audiomd5'),
      progressPath: path('progress'),
      frames: undefined,
      threads: encoderThreads(),
      tags: {},
    });
    const startedAtMs = performance.now();
    const end = await runTool(ffmpegPath, args);
    const elapsedS = (performance.now() - startedAtMs) / 1000;
    if (end.reason !== 'finished') throw notMeasured('lastError' in end ? end.lastError : end.reason);
    const rate = toNumber(video.frameRate);
    const bytesPerS = ((await stat(path('master.mkv'))).size / measuredFrames) * rate;
    const disk = await statfs(mastersDir);
    const diskFreeBytes = disk.bavail * disk.bsize;
    return judged(measuredFrames / rate / elapsedS, diskFreeBytes, diskFreeBytes / bytesPerS);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function judged(speed: number, diskFreeBytes: number, diskLeftS: number): Preflight {
  const fits = speed >= comfortableSpeed;
  const minutes = Math.floor(diskLeftS / 60);
  const pace = `This machine records such a picture ${speed.toFixed(1)} times as fast as it is played now`;
  const advice = fits
    ? '.'
    : ': that is too little to be safe. Close other programs or choose a smaller profile.';
  return {
    speed,
    fits,
    diskFreeBytes,
    diskLeftS,
    message: `${pace}${advice} The disk holds ${minutes} minutes.`,
  };
}

/** Noise is what costs most: a tape is somewhere between it and a test picture. */
async function made(
  ffmpegPath: string,
  path: string,
  video: VideoFormat,
  audio: AudioFormat | undefined,
): Promise<void> {
  const seconds = measuredFrames / toNumber(video.frameRate);
  const picture =
    `testsrc2=s=${video.width}x${video.height}:r=${formatRational(video.frameRate)}:d=${seconds},` +
    `format=${video.pixelFormat},noise=alls=12:allf=t[out0]`;
  const channels = Array.from(
    { length: audio?.channels ?? 0 },
    (_, index) => `sin(${300 * (index + 1)}*t)/4`,
  );
  const sound = audio ? `;aevalsrc='${channels.join('|')}':s=${audio.sampleRateHz}:d=${seconds}[out1]` : '';
  const end = await runTool(ffmpegPath, [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-f', 'lavfi', '-i', `${picture}${sound}`],
    ...['-frames:v', String(measuredFrames), '-c:v', 'rawvideo', '-c:a', 'pcm_s32le', '-f', 'nut', path],
  ]);
  if (end.reason !== 'finished') throw notMeasured('lastError' in end ? end.lastError : end.reason);
}

function notMeasured(said: string): HelicalError {
  return new HelicalError('FFMPEG_FAILED', {
    problem: `The speed of this machine could not be measured: ${said}.`,
    safe: 'Nothing was recorded.',
    remedy: 'Run helical doctor.',
  });
}
