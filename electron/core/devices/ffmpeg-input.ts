import { hash } from 'node:crypto';
import type { FfmpegInputs } from '#core/ffmpeg/inputs.ts';
import type { MediaDescription } from '#core/ffmpeg/probe.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type InputProfile, isReadingOption } from '#shared/domain/input-profile.ts';
import { equalRational, formatRational } from '#shared/domain/rational.ts';
import { readCardLine } from './card-problem.ts';
import { probeCard } from './card-question.ts';
import type { Device, Source } from './device.ts';
import { inputProfileNames, isProfilePath, loadInputProfile } from './input-profiles.ts';
import { standardOf } from './raster.ts';

/** Any input that ffmpeg can read, by an installed profile that an expert wrote: `ffmpeg:lavfi-test`. */
export const ffmpegInput = {
  kind: 'ffmpeg',
  name: 'ffmpeg input by profile',
  optionNames: [],
  readLogLine: readCardLine,
  lacks: async () => undefined,
  namesPath: isProfilePath,

  async discover({ resourcesDir }, inputs) {
    const sources: Source[] = [];
    for (const name of await inputProfileNames(resourcesDir)) {
      const source = { id: `ffmpeg:${name}`, kind: 'ffmpeg' as const, inputs: [], options: [] };
      try {
        const profile = await loadInputProfile(name, resourcesDir);
        const lacking = await lackOf(profile, inputs);
        const unavailable = lacking === undefined ? {} : { unavailable: lacking };
        sources.push({ ...source, name: profile.name, live: profile.live, ...unavailable });
      } catch (error) {
        // One profile that does not fit hides no other: it is listed with what is wrong in it.
        if (!(error instanceof HelicalError)) throw error;
        sources.push({ ...source, name, live: true, unavailable: error.message });
      }
    }
    return sources;
  },

  async open({ argument, durationS }, context, inputs) {
    const profile = await loadInputProfile(argument, context.resourcesDir);
    const lacking = await lackOf(profile, inputs);
    if (lacking !== undefined) {
      throw new HelicalError('INVALID_INPUT', {
        problem: lacking,
        safe: 'Nothing was opened.',
        remedy: `Use another ffmpeg, or mend the input profile ${profile.id}.`,
      });
    }
    const media: MediaDescription[] = [];
    for (const input of profile.inputs) {
      media.push(await probeCard(context.ffprobePath, input, `The input of profile ${profile.id}`));
    }
    refuseOtherThanStated(profile, media);
    const { codec, ...video } = profile.video;
    const { audio } = profile;
    const isCapped = durationS !== undefined && !profile.live;
    return {
      inputArgs: profile.inputs.flatMap((input) => (isCapped ? ['-t', String(durationS), ...input] : input)),
      ...(audio && audio.input > 0 ? { audioInput: audio.input } : {}),
      video: { ...video, standard: standardOf(video.width, video.height, video.frameRate) },
      audio: audio ? { channels: audio.channels, sampleRateHz: audio.sampleRateHz } : undefined,
      live: profile.live,
      essence: profile.essence,
      codec,
      ...(profile.timecodeKey === undefined
        ? {}
        : { timecode: { kind: 'metadata' as const, key: profile.timecodeKey, format: 'profile' } }),
      description:
        `ffmpeg input profile ${profile.id} (${profile.name}): ${video.width}x${video.height} ${video.pixelFormat} at ` +
        `${formatRational(video.frameRate)}, field order ${video.fieldOrder} (stated), ` +
        `${audio?.channels ?? 0} channels of sound. SHA-256 of the profile: ${hash('sha256', JSON.stringify(profile))}.`,
      close: async () => {},
    };
  },
} satisfies Device;

/** What this ffmpeg does not know of a profile, as a sentence. */
async function lackOf(profile: InputProfile, inputs: FfmpegInputs): Promise<string | undefined> {
  for (const args of profile.inputs) {
    const format = args[args.indexOf('-f') + 1] ?? '';
    const known = await inputs.optionsOf(format);
    if (!known) return `This ffmpeg has no input ${format}.`;
    const names = args.slice(0, -2).filter((_, at) => at % 2 === 0);
    const foreign = names.filter((word) => !isReadingOption(word.slice(1)) && !known.has(word.slice(1)));
    if (foreign.length > 0) return `The input ${format} of this ffmpeg has no option ${foreign.join(', ')}.`;
  }
  return undefined;
}

/** A master of something else than was stated would carry wrong tags for ever. */
function refuseOtherThanStated({ id, video, audio }: InputProfile, media: readonly MediaDescription[]): void {
  const picture = media[0]?.video[0];
  const rate = picture?.averageFrameRate ?? picture?.frameRate;
  const track = audio ? media[audio.input]?.audio[0] : undefined;
  const pairs: [what: string, stated: string, arrived: string][] = [
    ['size', `${video.width}x${video.height}`, picture ? `${picture.width}x${picture.height}` : 'no picture'],
    ['pixel format', video.pixelFormat, picture?.pixelFormat ?? 'none'],
    ['codec', video.codec, picture?.codec ?? 'none'],
    [
      'frame rate',
      formatRational(video.frameRate),
      // A source that does not say its rate is believed: it is what a profile is for.
      rate && !equalRational(rate, video.frameRate) ? formatRational(rate) : formatRational(video.frameRate),
    ],
    ...(audio
      ? ([
          ['channels of sound', String(audio.channels), String(track?.channels ?? 0)],
          ['sample rate', String(audio.sampleRateHz), String(track?.sampleRateHz ?? 0)],
        ] satisfies [string, string, string][])
      : []),
  ];
  const other = pairs.filter(([, stated, arrived]) => stated !== arrived);
  if (other.length === 0) return;
  const said = other.map(([what, stated, arrived]) => `${what} ${arrived} instead of ${stated}`).join(', ');
  throw new HelicalError('INVALID_INPUT', {
    problem: `The input of profile ${id} delivers ${said}.`,
    safe: 'Nothing was recorded.',
    remedy: 'Set the device as the profile says, or mend the profile.',
  });
}
