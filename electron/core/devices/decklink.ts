import { totalmem } from 'node:os';
import type { DemuxerOptions } from '#core/ffmpeg/demuxer-help.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { formatSelection } from '#shared/domain/selection.ts';
import { askCards } from './card-question.ts';
import { decklinkArguments } from './decklink-arguments.ts';
import { chosenValues, decklinkChoices, decklinkOptionNames } from './decklink-choices.ts';
import { type DecklinkMode, parseDecklinkDevices, parseDecklinkFormats } from './decklink-listing.ts';
import { decklinkFailure, readDecklinkLogLine } from './decklink-log.ts';
import { decklinkBytesPerSecond, decklinkQueue } from './decklink-queue.ts';
import { tryCard } from './decklink-trial.ts';
import type { Device, OpenSource, Source } from './device.ts';
import { lacksFfmpegDevice } from './lack.ts';
import { standardOf } from './raster.ts';
import { parseSources } from './sources-listing.ts';

/** Blackmagic's cards, through an ffmpeg that has them. ffmpeg opens the card itself: nothing runs beside the recorder. */
export const decklink = {
  kind: 'decklink',
  name: 'Blackmagic DeckLink',
  optionNames: decklinkOptionNames,
  namesPath: () => false,
  readLogLine: readDecklinkLogLine,

  lacks: (_context, inputs) =>
    lacksFfmpegDevice(inputs, {
      device: 'decklink',
      what: 'support for Blackmagic DeckLink',
      remedy:
        'Use one that was built with --enable-decklink and the headers of the DeckLink SDK; its licence (nonfree) keeps such ' +
        'builds out of distributions. With Homebrew: brew install amiaopensource/amiaos/ffmpegdecklink, then set ' +
        'HELICAL_FFMPEG to its ffmpeg-dl.',
    }),

  async discover({ ffmpegPath }, inputs) {
    const help = await inputs.optionsOf('decklink');
    if (!help) return [];
    const listed = await askCards(ffmpegPath, ['-sources', 'decklink']);
    if (/Cannot list sources|Could not create DeckLink iterator/.test(listed)) return [unreachable()];
    const cards = parseSources(listed) ?? [];
    // The name is what people know and Desktop Video shows; the handle in front tells cards apart that share one.
    const isShared = (name: string) => cards.filter(({ description }) => description === name).length > 1;
    const named =
      cards.length > 0
        ? cards.map(({ name: handle, description: name }) => ({ id: isShared(name) ? handle : name, name }))
        : (await namesOfOldListing(ffmpegPath)).map((name) => ({ id: name, name }));
    return Promise.all(
      named.map(async ({ id, name }) => {
        const modes = parseDecklinkFormats(await askCards(ffmpegPath, formatsOf(id)));
        return sourceOf(id, name, help, modes);
      }),
    );
  },

  async open(selection, { ffmpegPath }, inputs) {
    const card = selection.argument;
    const help = await inputs.optionsOf('decklink');
    if (!card || !help) {
      throw new HelicalError('INVALID_INPUT', {
        problem: 'No DeckLink card was named.',
        safe: 'Nothing was opened.',
        remedy: 'Name it behind the colon, as helical sources lists it: decklink:DeckLink SDI 4K.',
      });
    }
    const said = await askCards(ffmpegPath, formatsOf(card));
    const modes = parseDecklinkFormats(said);
    if (modes.length === 0) throw decklinkFailure(card, said);
    const values = chosenValues(selection.options ?? {}, decklinkChoices(help, modes));
    const trial = decklinkArguments({ card, values, help, mode: values.mode, queueBytes: undefined });
    const mode = await tryCard(ffmpegPath, card, trial, modes);
    const channels = Number(values.channels);
    const queue = decklinkQueue({
      seconds: values.queueS,
      bytesPerSecond: decklinkBytesPerSecond(mode, values.raw, channels),
      memoryBytes: totalmem(),
    });
    const { width, height, frameRate, fieldOrder } = mode;
    const isTenBit = values.raw === 'yuv422p10';
    const { timecode } = values;
    const opened: OpenSource = {
      inputArgs: decklinkArguments({ card, values, help, mode: mode.code, queueBytes: queue.capacityBytes }),
      video: {
        ...{ width, height, frameRate, fieldOrder },
        pixelFormat: isTenBit ? 'yuv422p10le' : 'uyvy422',
        standard: standardOf(width, height, frameRate),
      },
      audio: { channels, sampleRateHz: 48_000 },
      live: true,
      essence: 'encode',
      codec: isTenBit ? 'v210' : 'rawvideo',
      queue,
      ...(timecode === 'none' ? {} : { timecode: { kind: 'metadata', key: 'timecode', format: timecode } }),
      description:
        `${card}, mode ${mode.code}${values.mode ? '' : ' (detected)'}, video input ${values.video ?? 'unset'}, ` +
        `audio input ${values.audio ?? 'unset'}, ${values.raw}, ${channels} channels of 32 bit, timecode ${timecode}, ` +
        `queue of ${queue.seconds.toFixed(1)} s.`,
      close: async () => {},
    };
    return opened;
  },
} satisfies Device;

function sourceOf(card: string, name: string, help: DemuxerOptions, modes: readonly DecklinkMode[]): Source {
  const choices = decklinkChoices(help, modes);
  const connectors = choices.find((choice) => choice.name === 'video')?.choices ?? [];
  const selection = (options: Record<string, string>) =>
    formatSelection({ sourceId: 'decklink', argument: card, options });
  return {
    id: selection({}),
    kind: 'decklink',
    name,
    // ffmpeg does not tell which connectors a card has: these are the ones it knows, and the card refuses what it lacks.
    inputs: connectors.map(({ value, name: label }) => ({
      id: value,
      name: label,
      selection: selection(value === 'unset' ? {} : { video: value }),
    })),
    options: choices.filter((choice) => choice.name !== 'video'),
    live: true,
    ...(modes.length === 0 ? { unavailable: 'This card lists no mode that it could take in.' } : {}),
  };
}

/** The kind as one source that says why no card can be listed. */
function unreachable(): Source {
  const { problem, remedy } = decklinkFailure('DeckLink', 'Could not create DeckLink iterator');
  const unavailable = `${problem} ${remedy}`;
  return {
    id: 'decklink',
    kind: 'decklink',
    name: decklink.name,
    inputs: [],
    options: [],
    live: true,
    unavailable,
  };
}

function formatsOf(card: string): string[] {
  return ['-f', 'decklink', '-list_formats', '1', '-i', card];
}

async function namesOfOldListing(ffmpegPath: string): Promise<string[]> {
  return parseDecklinkDevices(
    await askCards(ffmpegPath, ['-f', 'decklink', '-list_devices', '1', '-i', 'dummy']),
  );
}
