import { channelOf, readSoundWindow, windowRateHz } from '#core/compare/sound-window.ts';
import { createPolarity, type Polarity } from './sound-polarity.ts';
import type { SyncRequest } from './sync-windows.ts';

/** What became of one channel of the sound. */
export interface ChannelLikeness {
  /** How much louder it is in the copy, in dB; null where both sides are too soft to tell. */
  levelDb: number | null;
  /** The channel of the same track that it swells and fades with instead, counted as this one is; undefined: with its own. */
  isLikeAnother: number | undefined;
  polarity: Polarity;
}

/** Places from head to tail, and how long each is listened to. */
const [places, windowS] = [5, 4];
/** Longer than sound may lie beside its place, short enough that words and notes tell one channel from another. */
const blockS = 0.05;
/** -50 dB of full scale: below it coders leave out what nobody hears. */
const leastRms = 0.003;
const leastPower = leastRms ** 2;
/** Channels are held to be swapped where they are at least so different, and so much nearer the other way round. */
const [leastApartDb, mostNear] = [1, 0.5];

/** Holds every channel of a copy's sound against the one in its place, by how loud it is from moment to moment. */
export async function likenessOfChannels(
  request: SyncRequest & { channelsOfTracks: readonly number[] },
): Promise<ChannelLikeness[]> {
  const found: ChannelLikeness[] = [];
  for (const [track, channels] of request.channelsOfTracks.entries()) {
    const before = found.length;
    const powers = await powersOfTrack(request, { track, channels });
    for (let channel = 0; channel < channels; channel++) {
      const [a, b] = [powers.a[channel] ?? [], powers.b[channel] ?? []];
      const isHeard = Math.max(meanOf(a), meanOf(b)) >= leastPower;
      const other = powers.b.findIndex((_, at) => at !== channel && isSwapped(powers, channel, at));
      found.push({
        levelDb: isHeard ? 10 * Math.log10(Math.max(meanOf(b), 1e-10) / Math.max(meanOf(a), 1e-10)) : null,
        isLikeAnother: other < 0 ? undefined : before + other,
        polarity: powers.polarities[channel] ?? null,
      });
    }
  }
  return found;
}

/** Power of each channel, block by block, and its polarity. */
interface TrackPowers {
  a: number[][];
  b: number[][];
  polarities: Polarity[];
}

async function powersOfTrack(
  { ffmpegPath, pathA, pathB, lengthS, pictureOffsetS, signal }: SyncRequest,
  layout: { track: number; channels: number },
): Promise<TrackPowers> {
  const powers: TrackPowers = {
    a: Array.from({ length: layout.channels }, () => []),
    b: Array.from({ length: layout.channels }, () => []),
    polarities: [],
  };
  const heard = powers.a.map(() => createPolarity());
  // What one of them has not is no sound to be compared.
  const firstS = Math.max(0, -pictureOffsetS);
  const longS = Math.min(windowS, (lengthS - firstS) / 2);
  if (longS < blockS) return powers;
  for (let place = 0; place < places; place++) {
    const startS = firstS + ((lengthS - longS - firstS) * place) / (places - 1);
    const window = { ffmpegPath, lengthS: longS, layout, signal };
    const [a, b] = await Promise.all([
      readSoundWindow({ ...window, path: pathA, startS }),
      readSoundWindow({ ...window, path: pathB, startS: startS + pictureOffsetS }),
    ]);
    // A track that cannot be read holds nothing that is heard.
    addPowers(powers.a, a ?? new Float32Array(b?.length ?? 0));
    addPowers(powers.b, b ?? new Float32Array(a?.length ?? 0));
    if (!a || !b) continue;
    for (const [channel, polarity] of heard.entries()) {
      const [one, other] = [a, b].map((samples) => channelOf(samples, channel, layout.channels));
      if (one && other && isLoud(one) && isLoud(other)) polarity.add(one, other);
    }
  }
  return { ...powers, polarities: heard.map((polarity) => polarity.told()) };
}

function isLoud(samples: Float32Array): boolean {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return squares / samples.length >= leastPower;
}

function addPowers(powers: number[][], samples: Float32Array): void {
  const channels = powers.length;
  const block = channels * Math.round(blockS * windowRateHz);
  for (let start = 0; start + block <= samples.length; start += block) {
    for (const [channel, blocks] of powers.entries()) {
      let sum = 0;
      for (let at = start + channel; at < start + block; at += channels) sum += (samples[at] as number) ** 2;
      blocks.push((sum * channels) / block);
    }
  }
}

/** Two channels that each hold what the other should. */
function isSwapped({ a, b }: TrackPowers, one: number, other: number): boolean {
  const [a1, a2, b1, b2] = [a[one], a[other], b[one], b[other]];
  if (!a1 || !a2 || !b1 || !b2) return false;
  const straight = apartDb(a1, b1) + apartDb(a2, b2);
  return straight >= 2 * leastApartDb && apartDb(a1, b2) + apartDb(a2, b1) < mostNear * straight;
}

function apartDb(one: readonly number[], other: readonly number[]): number {
  const db = (power: number) => 10 * Math.log10(Math.max(power, leastPower));
  return one.reduce((sum, power, at) => sum + Math.abs(db(power) - db(other[at] ?? 0)), 0) / one.length;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
