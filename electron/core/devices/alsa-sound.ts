import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FfmpegInputs } from '#core/ffmpeg/inputs.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type AlsaCard, parseAlsaCards } from './alsa-cards.ts';
import { askCards } from './card-question.ts';
import { parseSources } from './sources-listing.ts';

/** Something that ALSA can record from, as ffmpeg names it (`hw:CARD=stk1160mixer,DEV=0`). */
export interface AlsaSound {
  name: string;
  description: string;
  /** Number of its card, where it is a card's own device. */
  card: number | undefined;
}

/** What sound can be had from on this machine. `root` stands for `/`, for tests. */
export async function listAlsaSounds(
  ffmpegPath: string,
  inputs: FfmpegInputs,
  root = '/',
): Promise<AlsaSound[]> {
  if (!(await inputs.devices()).has('alsa')) return [];
  const listed = parseSources(await askCards(ffmpegPath, ['-sources', 'alsa'])) ?? [];
  const cards = await readCards(root);
  return listed.map(({ name, description }) => {
    const id = /(?:^|:)CARD=([^,]+)/.exec(name)?.[1];
    const card = cards.find((known) => known.id === id);
    return { name, description: card ? `${card.name}: ${description}` : description, card: card?.index };
  });
}

/**
 * The sound device that sits in the same piece of hardware as a video device: both belong to one USB or PCI device. Linux
 * says so in /sys; nothing is guessed from names. Undefined where there is none.
 */
export async function soundBeside(
  videoNode: string,
  sounds: readonly AlsaSound[],
  root = '/',
): Promise<AlsaSound | undefined> {
  const video = await hardwareOf(join(root, 'sys/class/video4linux', videoNode, 'device'));
  if (video === undefined) return undefined;
  for (const sound of sounds) {
    if (sound.card === undefined || !sound.name.startsWith('hw:')) continue;
    if ((await hardwareOf(join(root, 'sys/class/sound', `card${sound.card}`, 'device'))) === video)
      return sound;
  }
  return undefined;
}

/** The arguments that open one of them, behind the picture's. HelicalError INVALID_INPUT for one that is not listed. */
export function alsaInput(
  name: string,
  sounds: readonly AlsaSound[],
  wishes: { audioChannels: number | undefined; audioRateHz: number | undefined },
): string[] {
  // ALSA takes whole plug-in descriptions as a name, which may write files: only what it lists itself is opened.
  if (!sounds.some((sound) => sound.name === name)) {
    throw new HelicalError('INVALID_INPUT', {
      problem: `There is no sound device ${name} on this machine.`,
      safe: 'Nothing was opened.',
      remedy: `Choose audio=none, or one of ${sounds.map((sound) => sound.name).join(', ') || 'none'}.`,
    });
  }
  return [
    ...['-thread_queue_size', '4096', '-isync', '0', '-f', 'alsa'],
    ...(wishes.audioChannels === undefined ? [] : ['-channels', String(wishes.audioChannels)]),
    ...['-sample_rate', String(wishes.audioRateHz ?? 48_000), '-i', name],
  ];
}

async function readCards(root: string): Promise<AlsaCard[]> {
  const read = (name: string) =>
    readFile(join(root, 'proc/asound', name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
  const [cards, pcm] = await Promise.all([read('cards'), read('pcm')]);
  return parseAlsaCards(cards, pcm);
}

/** The USB device above an interface, or the PCI device itself. */
async function hardwareOf(link: string): Promise<string | undefined> {
  try {
    const path = await realpath(link);
    // A USB interface is named 1-2:1.0 and lies in its device, 1-2.
    return /:\d+\.\d+$/.test(path) ? dirname(path) : path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
