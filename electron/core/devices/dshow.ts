import { HelicalError } from '#shared/domain/errors.ts';
import { formatRational, type Rational, toNumber } from '#shared/domain/rational.ts';
import { readCardLine } from './card-problem.ts';
import { askCards } from './card-question.ts';
import { openCard } from './card-source.ts';
import {
  analogue,
  type CardWishes,
  cardOptionNames,
  cardOptions,
  keptPixelFormats,
  readCardWishes,
} from './card-wishes.ts';
import type { Device, Source } from './device.ts';
import {
  type DshowDevice,
  type DshowPictures,
  parseDshowDevices,
  parseDshowOptions,
} from './dshow-listing.ts';
import { lacksFfmpegDevice, lacksSystem } from './lack.ts';

/**
 * USB and PCI capture cards of Windows. Picture and sound are opened together, so that DirectShow puts both on one clock.
 * Not yet run on hardware: docs/proof.md.
 */
export const dshow = {
  kind: 'dshow',
  name: 'DirectShow card',
  optionNames: [...cardOptionNames, 'crossbar'],
  readLogLine: readCardLine,
  namesPath: () => false,

  async lacks(_, inputs) {
    return (
      lacksSystem('win32', 'DirectShow') ??
      lacksFfmpegDevice(inputs, {
        device: 'dshow',
        what: 'DirectShow',
        remedy: 'Use a build that ffmpeg.org links to for Windows; all of them have it.',
      })
    );
  },

  async discover({ ffmpegPath }) {
    const devices = await listDevices(ffmpegPath);
    const sounds = devices.filter(({ media }) => media.includes('audio'));
    const sources: Source[] = [];
    // One at a time: a filter that is asked twice at once may refuse.
    for (const device of devices.filter(({ media }) => media.includes('video'))) {
      const { pictures } = parseDshowOptions(await askCards(ffmpegPath, listOptions(device)));
      const kept = keptPictures(pictures);
      const within = device.media.includes('audio');
      const options = cardOptions({
        sizes: [...new Set(kept.map(({ mostWidth, mostHeight }) => `${mostWidth}x${mostHeight}`))],
        pixelFormats: [...new Set(kept.flatMap(({ pixelFormat }) => pixelFormat ?? []))],
        standards: ['pal', 'ntsc'],
        audio: sounds.map(({ name }) => ({ value: name, name })),
        audioDefault: within ? device.name : undefined,
      });
      const source = { id: `dshow:${device.name}`, kind: 'dshow' as const, name: device.name, inputs: [] };
      sources.push({
        ...source,
        options,
        live: true,
        ...(kept.length > 0
          ? {}
          : { unavailable: 'It delivers no raw 4:2:2 pictures, which a master keeps bit for bit.' }),
      });
    }
    return sources;
  },

  async open({ argument, options }, context) {
    const wishes = readCardWishes(options);
    const crossbar = options?.crossbar;
    if (crossbar !== undefined && !/^\d{1,3}$/.test(crossbar)) {
      throw invalid('crossbar is the number of a pin.', 'ffmpeg -f dshow -list_options true lists them.');
    }
    const devices = await listDevices(context.ffmpegPath);
    const video = find(devices, 'video', argument ?? '');
    const sound = wishes.audio ?? (video.media.includes('audio') ? video.name : undefined);
    if (sound === undefined) {
      const known = devices.filter(({ media }) => media.includes('audio')).map(({ name }) => name);
      throw invalid(
        `${video.name} brings no sound of its own.`,
        `Say which with audio=, or audio=none; there is ${known.join(', ') || 'none'}.`,
      );
    }
    const audio = sound === 'none' ? undefined : find(devices, 'audio', sound);
    const { pictures } = parseDshowOptions(await askCards(context.ffmpegPath, listOptions(video)));
    const { args, queueBytes } = dshowInput({ video, audio, pictures, wishes, crossbar });
    const inputs = { name: video.name, picture: args, sound: audio && ('within' as const), queueBytes };
    return openCard(inputs, wishes, context);
  },
} satisfies Device;

/** The arguments of such a card, and the bytes of its queue. HelicalError INVALID_INPUT where it lacks what is asked. */
export function dshowInput(asked: {
  video: DshowDevice;
  audio: DshowDevice | undefined;
  pictures: readonly DshowPictures[];
  wishes: CardWishes;
  crossbar: string | undefined;
}): { args: string[]; queueBytes: number } {
  const { video, audio, wishes, crossbar } = asked;
  const system = wishes.standard && analogue[wishes.standard];
  const sizes = wishes.size ? [`${wishes.size.width}x${wishes.size.height}`] : system?.sizes;
  const rate = wishes.frameRate ?? system?.frameRate;
  const fitting = keptPictures(asked.pictures).filter(
    (way) =>
      (wishes.pixelFormat === undefined || way.pixelFormat === wishes.pixelFormat) &&
      (rate === undefined || hasRate(way, rate)),
  );
  const size = sizes?.find((text) => fitting.some((way) => hasSize(way, text)));
  const way = fitting.find((one) => size === undefined || hasSize(one, size));
  if (!way?.pixelFormat || (sizes && !size)) {
    const wanted = [sizes?.join(' or '), wishes.pixelFormat, rate && formatRational(rate)].filter(Boolean);
    throw invalid(
      `${video.name} does not deliver ${wanted.join(', ') || 'raw 4:2:2 pictures'}.`,
      'Choose what helical sources lists for it.',
    );
  }
  const [width = 0, height = 0] = (size ?? `${way.mostWidth}x${way.mostHeight}`).split('x').map(Number);
  const fps = toNumber(rate ?? { num: way.mostFps, den: 1 });
  // Two bytes a pixel in 4:2:2 of eight bits; sound is some hundred times less and has a queue of the same size.
  const queueBytes = Math.min(2 ** 31 - 1, Math.ceil(width * height * 2 * fps * wishes.queueS));
  const url = [`video=${inUrl(video)}`, ...(audio ? [`audio=${inUrl(audio)}`] : [])].join(':');
  return {
    queueBytes,
    args: [
      ...['-f', 'dshow', '-rtbufsize', String(queueBytes)],
      ...(crossbar === undefined ? [] : ['-crossbar_video_input_pin_number', crossbar]),
      ...['-pixel_format', way.pixelFormat, ...(size === undefined ? [] : ['-video_size', size])],
      ...(rate === undefined ? [] : ['-framerate', formatRational(rate)]),
      ...(audio ? ['-sample_rate', String(wishes.audioRateHz ?? 48_000)] : []),
      ...(audio ? ['-channels', String(wishes.audioChannels ?? 2)] : []),
      ...['-i', url],
    ],
  };
}

async function listDevices(ffmpegPath: string): Promise<DshowDevice[]> {
  return parseDshowDevices(
    await askCards(ffmpegPath, ['-f', 'dshow', '-list_devices', 'true', '-i', 'dummy']),
  );
}

function listOptions(device: DshowDevice): string[] {
  return ['-f', 'dshow', '-list_options', 'true', '-i', `video=${inUrl(device)}`];
}

/** A colon parts picture from sound in dshow's URL and cannot be escaped: the unique name has none. */
function inUrl({ name, alternativeName }: DshowDevice): string {
  return alternativeName ?? name;
}

function find(devices: readonly DshowDevice[], media: 'video' | 'audio', wanted: string): DshowDevice {
  const fitting = devices.filter((device) => device.media.includes(media));
  const device = fitting.find(({ name, alternativeName }) => name === wanted || alternativeName === wanted);
  if (device) return device;
  throw new HelicalError('DEVICE_FAILED', {
    problem: `There is no ${media === 'video' ? 'capture' : 'sound'} device "${wanted}".`,
    safe: 'Nothing was recorded.',
    remedy: `There is ${fitting.map(({ name }) => name).join(', ') || 'none'}.`,
  });
}

function keptPictures(pictures: readonly DshowPictures[]): DshowPictures[] {
  return keptPixelFormats.flatMap((name) => pictures.filter(({ pixelFormat }) => pixelFormat === name));
}

function hasRate({ leastFps, mostFps }: DshowPictures, rate: Rational): boolean {
  // Cards write rates in units of 100 ns: 29.97 is 29.970089.
  return toNumber(rate) >= leastFps - 0.01 && toNumber(rate) <= mostFps + 0.01;
}

function hasSize(way: DshowPictures, size: string): boolean {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return (
    width >= way.leastWidth && width <= way.mostWidth && height >= way.leastHeight && height <= way.mostHeight
  );
}

function invalid(problem: string, remedy: string): HelicalError {
  return new HelicalError('INVALID_INPUT', { problem, safe: 'Nothing was opened.', remedy });
}
