import type { SyncWindow } from '#shared/domain/copy-certificate.ts';
import { blockS, gapsOf, type SoundGaps } from './sound-gaps.ts';
import type { SoundGroup, SoundTrack } from './sound-groups.ts';
import { findPiece } from './sound-piece.ts';
import { createSoundQueue, listenRateHz } from './sound-queue.ts';

/** What became of one channel of the sound, from head to tail. */
export interface HeardChannel {
  /** How much louder it is in the copy, in dB; null where both sides are too soft to tell. */
  levelDb: number | null;
  /** The channel of the same tracks that it swells and fades with instead, counted as this one is; undefined: with its own. */
  isLikeAnother: number | undefined;
  /** -1: turned over, in all of it or a part; null: nothing tells it. */
  polarity: 1 | -1 | null;
  gaps: SoundGaps;
  /** Seconds that sound on both sides, those of them that are alike, and those that are clearly something else, from where on. */
  soundingS: number;
  alikeS: number;
  otherS: number;
  otherFromS: number | undefined;
  /** Pieces of which the time is told. */
  pieces: SyncWindow[];
}

/** About how long the pieces are that are held against each other, one behind the other, and how far the sounds may lie apart. */
const [pieceS, marginS] = [2, 0.5];
/** Of a short recording they are shorter, so that there are enough to tell a drift, but for one that is too short for that. */
const [fewestPieces, shortS] = [3, 1.5];
/** -50 dB of full scale: below it coders leave out what nobody hears. From -40 dB on they do not spoil it. */
const [leastPower, loudPower] = [0.003 ** 2, 0.01 ** 2];
/** A coded copy of a sound is like it; what is less alike than the lower one is another sound. */
const [leastAlike, mostOther] = [0.3, 0.2];
/** Channels are held to be swapped where they are at least so different, and so much nearer the other way round. */
const [leastApartDb, mostNear] = [1, 0.5];

const mostChance = 0.02;

export interface HeardStretch {
  group: SoundGroup;
  /** From the beginning of the sound of A; how much later the same is in B. */
  startS: number;
  lengthS: number;
  offsetS: number;
}

/** Holds tracks against those of a copy while both are decoded: each channel against the one in its place, all of its length. */
export function createHeardGroup({ group, startS, lengthS, offsetS }: HeardStretch) {
  const sides = { a: createTracks(group.a), b: createTracks(group.b) };
  const block = Math.round(blockS * listenRateHz);
  const pieces = Math.max(lengthS < shortS ? 1 : fewestPieces, Math.round(lengthS / pieceS));
  // Whole blocks, so that none is cut.
  const length = block * Math.max(1, Math.floor((lengthS * listenRateHz) / pieces / block));
  const [start, offset] = [startS, offsetS].map((seconds) => Math.round(seconds * listenRateHz)) as [
    number,
    number,
  ];
  const margin = Math.round(marginS * listenRateHz);
  const heard = Array.from({ length: group.channels }, () => createHeardChannel(length / listenRateHz));
  let piece = 0;
  const hearNext = () => {
    const from = start + piece * length;
    for (const [channel, one] of heard.entries()) {
      one.add(
        from / listenRateHz,
        sides.a.channel(channel, from, length),
        sides.b.channel(channel, from + offset - margin, length + 2 * margin),
        block,
      );
    }
    piece++;
    sides.a.forget(from + length);
    sides.b.forget(from + length + offset - margin);
  };
  return {
    add(side: 'a' | 'b', track: number, chunk: Buffer): void {
      sides[side].add(track, chunk);
      while (piece < pieces) {
        const end = start + (piece + 1) * length;
        if (sides.a.end() < end || sides.b.end() < end + offset + margin) break;
        hearNext();
      }
      // What comes behind the last piece is not held against anything.
      if (piece === pieces) sides[side].forget(Number.POSITIVE_INFINITY);
    },
    /** After the end of both. Channels are counted from `before` on. */
    channels(before: number): HeardChannel[] {
      while (piece < pieces) hearNext();
      return heard.map((one, at) => {
        const other = heard.findIndex(
          (another, place) => place !== at && isSwapped(one.powers, another.powers),
        );
        return one.told(startS, other < 0 ? undefined : before + other);
      });
    },
  };
}

/** Tracks of one side as if all their channels were in one. */
function createTracks(tracks: readonly SoundTrack[]) {
  const queues = tracks.map(({ track, channels }) => ({
    track,
    channels,
    queue: createSoundQueue(channels),
  }));
  return {
    add: (track: number, chunk: Buffer) => queues.find((one) => one.track === track)?.queue.add(chunk),
    end: () => Math.min(...queues.map(({ queue }) => queue.end())),
    channel(channel: number, from: number, length: number): Float32Array {
      let before = 0;
      for (const { channels, queue } of queues) {
        if (channel < before + channels) return queue.channel(channel - before, from, length);
        before += channels;
      }
      throw new RangeError(`there is no channel ${channel}`);
    },
    forget(before: number): void {
      for (const { queue } of queues) queue.forget(before);
    },
  };
}

interface Powers {
  a: number[];
  b: number[];
}

function createHeardChannel(lengthS: number) {
  const powers: Powers = { a: [], b: [] };
  const pieces: SyncWindow[] = [];
  let [soundingS, alikeS, otherS, upright, turned] = [0, 0, 0, 0, 0];
  let otherFromS: number | undefined;
  return {
    powers,
    add(atS: number, a: Float32Array, b: Float32Array, block: number): void {
      const middle = b.subarray((b.length - a.length) / 2, (b.length + a.length) / 2);
      const [powerA, powerB] = [addPowers(powers.a, a, block), addPowers(powers.b, middle, block)];
      if (powerA < leastPower || powerB < leastPower) return;
      soundingS += lengthS;
      const found = findPiece(a, b);
      if (found.likeness < leastAlike) {
        if (found.likeness >= mostOther || powerA < loudPower || powerB < loudPower) return;
        otherS += lengthS;
        otherFromS ??= atS;
        return;
      }
      alikeS += lengthS;
      if (found.polarity === 1) upright++;
      if (found.polarity === -1) turned++;
      if (found.isTimed) {
        const [lagMs, likeness] = [rounded(found.lagMs, 100), rounded(found.likeness, 1000)];
        pieces.push({ atS: rounded(atS, 1000), lagMs, likeness });
      }
    },
    told(startS: number, isLikeAnother: number | undefined): HeardChannel {
      const [a, b] = [meanOf(powers.a), meanOf(powers.b)];
      const isHeard = Math.max(a, b) >= leastPower;
      // A few of many may be turned over by chance, where a sound is nearly the same both ways.
      const isTurned = turned > Math.max(1, mostChance * upright) || turned > upright;
      const polarity = isTurned ? -1 : upright > 0 ? 1 : null;
      return {
        levelDb: isHeard ? 10 * Math.log10(Math.max(b, 1e-10) / Math.max(a, 1e-10)) : null,
        ...{ isLikeAnother, polarity, soundingS, alikeS, otherS, otherFromS, pieces },
        gaps: gapsOf(powers.a, powers.b, startS),
      };
    },
  };
}

/** Power block by block; the mean of all of them. */
function addPowers(powers: number[], samples: Float32Array, block: number): number {
  let all = 0;
  for (let start = 0; start < samples.length; start += block) {
    let sum = 0;
    for (let at = start; at < start + block; at++) sum += (samples[at] as number) ** 2;
    powers.push(sum / block);
    all += sum;
  }
  return all / samples.length;
}

/** Two channels that each hold what the other should. */
function isSwapped(one: Powers, other: Powers): boolean {
  const straight = apartDb(one.a, one.b) + apartDb(other.a, other.b);
  return (
    straight >= 2 * leastApartDb && apartDb(one.a, other.b) + apartDb(other.a, one.b) < mostNear * straight
  );
}

function apartDb(one: readonly number[], other: readonly number[]): number {
  const db = (power: number) => 10 * Math.log10(Math.max(power, leastPower));
  return one.reduce((sum, power, at) => sum + Math.abs(db(power) - db(other[at] ?? 0)), 0) / one.length;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
