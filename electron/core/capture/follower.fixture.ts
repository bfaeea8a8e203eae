import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recorderArguments } from '#core/ffmpeg/recorder-arguments.ts';
import { runFfmpeg } from '#core/ffmpeg/run.ts';
import type { AudioFormat, VideoFormat } from '#shared/domain/formats.ts';
import { type MasterProfile, masterProfileSchema } from '#shared/domain/profiles.ts';

/** A master as the recorder writes it, small, with the lists taken at capture beside it. */
export interface SmallMaster {
  masterPath: string;
  frameHashesPath: string;
  audioHashesPath: string;
  video: VideoFormat;
  audio: AudioFormat;
  profile: MasterProfile;
  frames: number;
}

export interface SmallMasterChoice {
  standard: 'PAL' | 'NTSC';
  seconds: number;
  size?: { width: number; height: number };
  layout?: 'pairs' | 'channels';
  channels?: number;
}

/** Records moving interlaced pictures with one flash a second, and a click of sound at each flash. */
export async function recordSmallMaster(
  ffmpegPath: string,
  folder: string,
  choice: SmallMasterChoice,
): Promise<SmallMaster> {
  const { width, height } = choice.size ?? { width: 192, height: choice.standard === 'PAL' ? 144 : 146 };
  const profile = await smallProfile(choice.layout ?? 'pairs');
  const isPal = choice.standard === 'PAL';
  const frameRate = isPal ? { num: 25, den: 1 } : { num: 30000, den: 1001 };
  const video: VideoFormat = {
    width,
    height,
    frameRate,
    fieldOrder: isPal ? 'tff' : 'bff',
    pixelFormat: 'yuv422p10le',
    standard: choice.standard,
  };
  const audio = { channels: choice.channels ?? 4, sampleRateHz: 48_000 };
  const fields = `${frameRate.num * 2}/${frameRate.den}`;
  const flash = `drawbox=w=iw:h=ih:color=white:t=fill:enable='lt(mod(t,1),0.1)'`;
  const weave = `tinterlace=mode=interleave_${isPal ? 'top' : 'bottom'}`;
  const picture = `testsrc2=s=${width}x${height}:r=${fields},${flash},${weave},format=yuv422p10le`;
  const click = `if(lt(mod(t,1),0.1),0.5*sin(2*PI*1000*t),0)`;
  const sound = `aevalsrc='${Array.from({ length: audio.channels }, () => click).join('|')}':s=48000:c=${audio.channels}c`;
  const at = (name: string): string => join(folder, name);
  const frames = Math.round((choice.seconds * frameRate.num) / frameRate.den);
  const end = await runFfmpeg(
    ffmpegPath,
    recorderArguments({
      inputArgs: ['-f', 'lavfi', '-i', `${picture}[out0];${sound}[out1]`],
      video,
      audio,
      essence: 'encode',
      master: profile.master,
      masterPath: at('tape.mkv'),
      frameHashesPath: at('tape.framemd5'),
      audioHashesPath: at('tape.audiomd5'),
      progressPath: at('progress.txt'),
      frames,
      threads: 1,
      tags: {
        TITLE: 'TEST',
        CATALOG_NUMBER: 'TEST-1',
        HELICAL_PASS_ID: '019a0000-0000-7000-8000-000000000001',
      },
    }),
  );
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  return {
    masterPath: at('tape.mkv'),
    frameHashesPath: at('tape.framemd5'),
    audioHashesPath: at('tape.audiomd5'),
    video,
    audio,
    profile,
    frames,
  };
}

/** Ten frames of a PAL DV stream, kept as it is. */
export async function recordCopiedDv(
  ffmpegPath: string,
  folder: string,
  profile: MasterProfile,
): Promise<SmallMaster> {
  const at = (name: string): string => join(folder, name);
  const picture = 'testsrc2=s=720x576:r=50,tinterlace=mode=interleave_bottom,setsar=16/15,format=yuv420p';
  const made = await runFfmpeg(ffmpegPath, [
    ...['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=r=48000,aformat=channel_layouts=stereo'],
    ...['-t', '0.4', '-target', 'pal-dv', at('tape.dv')],
  ]);
  if (made.reason !== 'finished') throw new Error(JSON.stringify(made));
  const video: VideoFormat = {
    width: 720,
    height: 576,
    frameRate: { num: 25, den: 1 },
    fieldOrder: 'bff',
    pixelFormat: 'yuv420p',
    standard: 'PAL',
  };
  const audio = { channels: 2, sampleRateHz: 48_000 };
  const paths = {
    masterPath: at('tape.mkv'),
    frameHashesPath: at('tape.framemd5'),
    audioHashesPath: at('tape.audiomd5'),
  };
  const end = await runFfmpeg(
    ffmpegPath,
    recorderArguments({
      ...paths,
      inputArgs: ['-i', at('tape.dv')],
      video,
      audio,
      essence: 'copy',
      master: profile.master,
      progressPath: at('progress.txt'),
      frames: undefined,
      threads: 1,
      tags: {},
    }),
  );
  if (end.reason !== 'finished') throw new Error(JSON.stringify(end));
  return { ...paths, video, audio, profile, frames: 10 };
}

/** The shipped profile with as many slices as a small picture can have. */
async function smallProfile(audioTracks: 'pairs' | 'channels'): Promise<MasterProfile> {
  const shipped = new URL('../../../resources/profiles/master/ffv1-10bit.json', import.meta.url);
  const profile = masterProfileSchema.parse(JSON.parse(await readFile(shipped, 'utf8')));
  return { ...profile, master: { ...profile.master, audioTracks, slices: { sd: 4, hd: 4 } } };
}
