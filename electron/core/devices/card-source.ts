import type { MediaDescription } from '#core/ffmpeg/probe.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { VideoFormat } from '#shared/domain/formats.ts';
import { formatRational, toNumber } from '#shared/domain/rational.ts';
import { probeCard } from './card-question.ts';
import type { CardWishes } from './card-wishes.ts';
import type { OpenContext, OpenSource } from './device.ts';
import { assumedFieldOrder, standardOf } from './raster.ts';

/** What a card is opened with. Each list of arguments goes up to and including `-i URL`. */
export interface CardInputs {
  /** The card's name, as the beginning of a sentence. */
  name: string;
  picture: string[];
  /** Sound that comes from an input of its own; `within`: in the same input; undefined: none was chosen. */
  sound: string[] | 'within' | undefined;
  /** Bytes of the queue, where the input itself takes a size; else ffmpeg's own queue in front of it holds the seconds. */
  queueBytes?: number;
}

/**
 * Opens a card that delivers raw pictures, sees what arrives, and holds it to what was asked. HelicalError INVALID_INPUT,
 * DEVICE_BUSY, DEVICE_FAILED.
 */
export async function openCard(
  inputs: CardInputs,
  wishes: CardWishes,
  context: OpenContext,
): Promise<OpenSource> {
  const { name, picture, sound } = inputs;
  const media = await probeCard(context.ffprobePath, picture, name);
  const heard = Array.isArray(sound)
    ? await probeCard(context.ffprobePath, sound, `The sound of ${name}`)
    : media;
  const video = describePicture(name, media, wishes);
  const track = sound === undefined ? undefined : heard.audio[0];
  if (sound !== undefined && !track)
    throw refused(name, 'brings no sound', 'Choose another sound, or audio=none.');
  const audio = track && { channels: track.channels, sampleRateHz: track.sampleRateHz ?? 48_000 };
  const rate = formatRational(video.frameRate);
  return {
    inputArgs: Array.isArray(sound) ? [...picture, ...sound] : picture,
    ...(Array.isArray(sound) ? { audioInput: 1 } : {}),
    video,
    audio,
    live: true,
    essence: 'encode',
    codec: media.video[0]?.codec ?? 'rawvideo',
    queue: { seconds: wishes.queueS, capacityBytes: inputs.queueBytes ?? heldBytes(video, wishes.queueS) },
    description:
      `${name}: ${video.width}x${video.height} ${video.pixelFormat} at ${rate}, field order ${video.fieldOrder} ` +
      `(${wishes.fieldOrder ? 'set by the operator' : `assumed from ${video.height} lines`}), ` +
      (audio ? `${audio.channels} channels of sound at ${audio.sampleRateHz} Hz.` : 'without sound.'),
    close: async () => {},
  };
}

/** Eight bits 4:2:2: two bytes a pixel. */
function heldBytes({ width, height, frameRate }: VideoFormat, seconds: number): number {
  return Math.ceil(width * height * 2 * toNumber(frameRate) * seconds);
}

function describePicture(name: string, media: MediaDescription, wishes: CardWishes): VideoFormat {
  const picture = media.video[0];
  const frameRate = picture?.averageFrameRate ?? picture?.frameRate;
  if (!picture?.pixelFormat || !frameRate) {
    throw refused(name, 'does not say which picture it delivers', 'Give size, framerate and pixel_format.');
  }
  if (picture.codec !== 'rawvideo') {
    throw refused(
      name,
      `delivers compressed pictures (${picture.codec}), which are not the tape's samples any more`,
      'Choose a raw pixel_format, or another card.',
    );
  }
  const { width, height, pixelFormat } = picture;
  const wanted = wishes.size && `${wishes.size.width}x${wishes.size.height}`;
  if (wanted && wanted !== `${width}x${height}`) {
    throw refused(
      name,
      `delivers ${width}x${height}, not ${wanted}`,
      'Choose a size that helical sources lists.',
    );
  }
  if (wishes.pixelFormat && wishes.pixelFormat !== pixelFormat) {
    throw refused(
      name,
      `delivers ${pixelFormat}, not ${wishes.pixelFormat}`,
      'Choose what helical sources lists.',
    );
  }
  if (wishes.frameRate && Math.abs(toNumber(wishes.frameRate) - toNumber(frameRate)) > 0.005) {
    const said = `delivers ${formatRational(frameRate)} frames a second, not ${formatRational(wishes.frameRate)}`;
    throw refused(name, said, 'Leave framerate out, or choose the standard of the tape.');
  }
  const fieldOrder = wishes.fieldOrder ?? assumedFieldOrder(height);
  const standard = standardOf(width, height, frameRate);
  return { width, height, frameRate, fieldOrder, pixelFormat, standard };
}

function refused(name: string, problem: string, remedy: string): HelicalError {
  return new HelicalError('INVALID_INPUT', {
    problem: `${name} ${problem}.`,
    safe: 'Nothing was recorded.',
    remedy,
  });
}
