import { HelicalError } from '#shared/domain/errors.ts';
import { formatRational, toNumber } from '#shared/domain/rational.ts';
import {
  type AvfoundationDevice,
  type AvfoundationMode,
  parseAvfoundationDevices,
  parseAvfoundationModes,
} from './avfoundation-listing.ts';
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
import { lacksFfmpegDevice, lacksSystem } from './lack.ts';

/**
 * USB and Thunderbolt cards of macOS. ffmpeg holds one picture and no queue in front of this input: what comes while it is
 * busy is lost (libavdevice/avfoundation.m), which is why DeckLink goes before it. Not yet run on hardware: docs/proof.md.
 */
export const avfoundation = {
  kind: 'avfoundation',
  name: 'AVFoundation card',
  optionNames: cardOptionNames,
  readLogLine: readCardLine,
  namesPath: () => false,

  async lacks(_, inputs) {
    return (
      lacksSystem('darwin', 'AVFoundation') ??
      lacksFfmpegDevice(inputs, {
        device: 'avfoundation',
        what: 'AVFoundation',
        remedy: 'Install ffmpeg with Homebrew (brew install ffmpeg), which has it.',
      })
    );
  },

  async discover({ ffmpegPath }) {
    const devices = await listDevices(ffmpegPath);
    const sources: Source[] = [];
    for (const device of devices.video) {
      const modes = await modesOf(ffmpegPath, device);
      const options = cardOptions({
        sizes: [...new Set(modes.map(({ width, height }) => `${width}x${height}`))],
        pixelFormats: [],
        standards: ['pal', 'ntsc'],
        audio: devices.audio.map(({ name }) => ({ value: name, name })),
        audioDefault: undefined,
      });
      const { name } = device;
      sources.push({
        id: `avfoundation:${name}`,
        kind: 'avfoundation',
        name,
        inputs: [],
        options,
        live: true,
      });
    }
    return sources;
  },

  async open({ argument, options }, context) {
    const wishes = readCardWishes(options);
    const devices = await listDevices(context.ffmpegPath);
    const video = find(devices.video, 'capture', argument ?? '');
    if (wishes.audio === undefined) {
      const known = devices.audio.map(({ name }) => name).join(', ') || 'none';
      throw invalid(
        `${video.name}: macOS does not say which sound belongs to it.`,
        `Say which with audio=, or audio=none; there is ${known}.`,
      );
    }
    const audio = wishes.audio === 'none' ? undefined : find(devices.audio, 'sound', wishes.audio);
    const modes = await modesOf(context.ffmpegPath, video);
    const picture = avfoundationInput({ video, audio, modes, wishes });
    return openCard({ name: video.name, picture, sound: audio && 'within' }, wishes, context);
  },
} satisfies Device;

/** The arguments of such a card. HelicalError INVALID_INPUT where it lacks what is asked. */
export function avfoundationInput(asked: {
  video: AvfoundationDevice;
  audio: AvfoundationDevice | undefined;
  modes: readonly AvfoundationMode[];
  wishes: CardWishes;
}): string[] {
  const { video, audio, modes, wishes } = asked;
  const system = wishes.standard && analogue[wishes.standard];
  const sizes = wishes.size ? [`${wishes.size.width}x${wishes.size.height}`] : system?.sizes;
  const rate = wishes.frameRate ?? system?.frameRate;
  const fitting = modes.filter(
    ({ leastFps, mostFps }) =>
      rate === undefined || (toNumber(rate) > leastFps - 0.01 && toNumber(rate) < mostFps + 0.01),
  );
  const size = sizes?.find((text) => fitting.some(({ width, height }) => `${width}x${height}` === text));
  // Where the card told no modes, ffmpeg itself refuses what it does not have.
  if (modes.length > 0 && ((sizes && !size) || fitting.length === 0)) {
    const known = modes.map(({ width, height, mostFps }) => `${width}x${height} at ${mostFps}`).join(', ');
    throw invalid(`${video.name} delivers ${known}.`, 'Choose one of these sizes and rates.');
  }
  const chosen = size ?? sizes?.[0];
  const fps = toNumber(rate ?? { num: 30, den: 1 });
  return [
    ...['-thread_queue_size', String(Math.ceil(wishes.queueS * fps)), '-f', 'avfoundation'],
    ...['-drop_late_frames', '0', '-pixel_format', wishes.pixelFormat ?? keptPixelFormats[0]],
    ...(chosen === undefined ? [] : ['-video_size', chosen]),
    ...(rate === undefined ? [] : ['-framerate', formatRational(rate)]),
    // By number: names are taken by their beginning, and a colon parts picture from sound.
    ...['-i', `${video.index}:${audio?.index ?? 'none'}`],
  ];
}

async function listDevices(ffmpegPath: string): Promise<ReturnType<typeof parseAvfoundationDevices>> {
  const question = ['-f', 'avfoundation', '-list_devices', 'true', '-i', ''];
  return parseAvfoundationDevices(await askCards(ffmpegPath, question));
}

/**
 * A size that no device has is refused with those it has, before anything is set in the device: another capture may be
 * running on it. Its pixel formats cannot be asked for so.
 */
async function modesOf(ffmpegPath: string, { index }: AvfoundationDevice): Promise<AvfoundationMode[]> {
  const impossible = ['-f', 'avfoundation', '-video_size', '2x2', '-i', `${index}:none`];
  return parseAvfoundationModes(await askCards(ffmpegPath, impossible));
}

function find(devices: readonly AvfoundationDevice[], what: string, wanted: string): AvfoundationDevice {
  const fitting = devices.filter(({ name }) => name === wanted);
  if (fitting.length === 1 && fitting[0]) return fitting[0];
  if (fitting.length > 1) throw invalid(`Two ${what} devices are called "${wanted}".`, 'Unplug one of them.');
  throw new HelicalError('DEVICE_FAILED', {
    problem: `There is no ${what} device "${wanted}".`,
    safe: 'Nothing was recorded.',
    remedy: `There is ${devices.map(({ name }) => name).join(', ') || 'none'}.`,
  });
}

function invalid(problem: string, remedy: string): HelicalError {
  return new HelicalError('INVALID_INPUT', { problem, safe: 'Nothing was opened.', remedy });
}
