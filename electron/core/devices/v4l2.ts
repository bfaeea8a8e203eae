import { readdir, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import { alsaInput, listAlsaSounds, soundBeside } from './alsa-sound.ts';
import { cardProblem, readCardLine } from './card-problem.ts';
import { askCards } from './card-question.ts';
import { openCard } from './card-source.ts';
import { cardOptionNames, cardOptions, readCardWishes } from './card-wishes.ts';
import type { Device, Source } from './device.ts';
import { lacksFfmpegDevice, lacksSystem } from './lack.ts';
import { parseSources } from './sources-listing.ts';
import { keptFormats, sizeText, systemsOf, v4l2Input } from './v4l2-input.ts';
import { parseV4l2Formats, parseV4l2Standards } from './v4l2-listing.ts';

/** Nodes of video devices, by number or by the names that udev keeps when they are plugged in another order. */
const nodePattern = /^\/dev\/(?:video\d{1,3}|v4l\/by-(?:id|path)\/[\w.:+-]{1,200})$/;

/**
 * USB and PCI capture cards of Linux, with the sound card beside them (ALSA) as a second input. Not yet run on hardware:
 * docs/proof.md.
 */
export const v4l2 = {
  kind: 'v4l2',
  name: 'Video4Linux card',
  optionNames: [...cardOptionNames, 'channel', 'timestamps'],
  readLogLine: readCardLine,
  namesPath: (argument) => !nodePattern.test(argument),
  // The names that udev keeps are links to the node.
  deviceKey: async (argument) => ({
    bus: 'v4l2',
    unit: argument === undefined ? undefined : await realpath(argument).catch(() => argument),
  }),

  async lacks(_, inputs) {
    return (
      lacksSystem('linux', 'Video4Linux') ??
      lacksFfmpegDevice(inputs, {
        device: 'v4l2',
        what: 'Video4Linux',
        remedy: 'Install the ffmpeg of your distribution, which has it.',
      })
    );
  },

  async discover({ ffmpegPath }, inputs) {
    const listing = await askCards(ffmpegPath, ['-sources', 'v4l2']);
    const named = new Map((parseSources(listing) ?? []).map(({ name, description }) => [name, description]));
    const nodes = (await readdir('/dev')).filter((name) => /^video\d{1,3}$/.test(name)).sort();
    const sounds = nodes.length === 0 ? [] : await listAlsaSounds(ffmpegPath, inputs);
    const found = nodes.map(async (node): Promise<Source | undefined> => {
      const path = `/dev/${node}`;
      const name = `${named.get(path) ?? 'Video device'} (${path})`;
      const formatsText = await askCards(ffmpegPath, list('formats', path));
      const source = { id: `v4l2:${path}`, kind: 'v4l2' as const, name, inputs: [], live: true };
      const formats = parseV4l2Formats(formatsText);
      if (formats.length === 0) {
        // A node without any format carries no pictures: UVC devices have one for their metadata.
        if (named.has(path)) return undefined;
        return { ...source, options: [], unavailable: cardProblem(name, formatsText).message };
      }
      const standards = systemsOf(parseV4l2Standards(await askCards(ffmpegPath, list('standards', path))));
      const beside = await soundBeside(node, sounds);
      const raw = keptFormats(formats);
      const options = [
        ...cardOptions({
          sizes: [...new Set(formats.flatMap(({ sizes }) => sizes.map(sizeText)))],
          pixelFormats: raw,
          standards: standards.length > 0 ? standards : ['pal', 'ntsc'],
          audio: sounds.map((sound) => ({ value: sound.name, name: `${sound.name}: ${sound.description}` })),
          audioDefault: beside?.name,
        }),
        { name: 'channel', label: 'Input of the card, by number', choices: [] },
        {
          name: 'timestamps',
          label: 'Clock of the pictures',
          choices: ['default', 'abs', 'mono2abs'].map((value) => ({ value, name: value })),
        },
      ];
      if (raw.length > 0) return { ...source, options };
      const only = formats.map((format) => format.name ?? format.description).join(', ');
      return {
        ...source,
        options,
        unavailable: `It delivers ${only} only, which no master keeps bit for bit.`,
      };
    });
    return (await Promise.all(found)).filter((source) => source !== undefined);
  },

  async open({ argument, options }, context, inputs) {
    const path = argument ?? '';
    if (!nodePattern.test(path)) {
      throw invalid(`${path || 'Nothing'} is no video device.`, 'Name one: v4l2:/dev/video0.');
    }
    const wishes = readCardWishes(options);
    const channel = options?.channel;
    const timestamps = options?.timestamps;
    if (channel !== undefined && !/^\d{1,2}$/.test(channel))
      throw invalid('channel is a number.', 'Write channel=1.');
    if (timestamps !== undefined && !['default', 'abs', 'mono2abs'].includes(timestamps)) {
      throw invalid('timestamps is default, abs or mono2abs.', 'Leave it out.');
    }
    const { ffmpegPath } = context;
    const name = `The video device ${path}`;
    const said = await askCards(ffmpegPath, list('formats', path));
    const formats = parseV4l2Formats(said);
    if (formats.length === 0) throw cardProblem(name, said);
    const standards = parseV4l2Standards(await askCards(ffmpegPath, list('standards', path)));
    const sounds = await listAlsaSounds(ffmpegPath, inputs);
    const audio = wishes.audio ?? (await soundBeside(basename(path), sounds))?.name;
    if (audio === undefined) {
      const known = sounds.map((sound) => sound.name).join(', ') || 'no sound device at all';
      throw invalid(
        `${name} has no sound of its own that this machine knows of.`,
        `Say which with audio=, or audio=none; there is ${known}.`,
      );
    }
    const sound = audio === 'none' ? undefined : alsaInput(audio, sounds, wishes);
    const clock = timestamps ?? (sound ? 'abs' : 'default');
    const picture = v4l2Input(path, { wishes, formats, standards, channel, clock });
    return openCard({ name, picture, sound }, wishes, context);
  },
} satisfies Device;

function list(what: 'formats' | 'standards', path: string): string[] {
  return ['-f', 'v4l2', `-list_${what}`, 'all', '-i', path];
}

function invalid(problem: string, remedy: string): HelicalError {
  return new HelicalError('INVALID_INPUT', { problem, safe: 'Nothing was opened.', remedy });
}
