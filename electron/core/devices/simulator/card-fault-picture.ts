import { mixSeeds, seededRandom } from './random.ts';
import type { Tape } from './tape.ts';
import { packV210, planarPicture, v210SizeBytes } from './v210.ts';

/** What a bad cable puts between two packets, in bytes. */
const strayBytes = 4096;

/** Spoils pictures the way a card does: in what they hold, in how long they are, and in what stands behind them. */
export interface CardFaultPicture {
  /** Changes the picture in place. True when nothing is to be drawn on it: it is no frame of the tape any more. */
  spoil(v210: Uint8Array, frame: number): boolean;
  /** Length of the packet of a frame; the picture's own where nothing is wrong with it. */
  packetBytes(frame: number): number;
  /** Bytes behind the packets of a frame that belong to nothing. */
  strayBytes(frame: number): Uint8Array;
}

/** The longest packet that a tape's card delivers. */
export function longestPacketBytes(tape: Tape): number {
  const own = v210SizeBytes(tape.width, tape.height);
  const to = tape.cardFaults.find('standard-change')?.to;
  return Math.max(Math.ceil(own * 1.25), to ? v210SizeBytes(to.width, to.height) : 0);
}

/** Prepares a tape's card faults. The same frame of the same recipe always comes out the same. */
export function cardFaultPicture(tape: Tape): CardFaultPicture {
  const { width, height, recipe, cardFaults } = tape;
  const own = v210SizeBytes(width, height);
  const randomBytes = (bytes: Uint8Array, frame: number) => {
    const random = seededRandom(mixSeeds(recipe.seed, frame, 0x6a5));
    for (let at = 0; at < bytes.length; at++) bytes[at] = Math.floor(random() * 256);
  };
  const withoutSignal = blackField(width, height);
  let before = new Uint8Array(0);

  return {
    spoil(v210, frame) {
      const change = cardFaults.changedTo(frame);
      if (change?.as === 'no-signal') {
        v210.set(withoutSignal);
        return true;
      }
      const garbage = cardFaults.garbageAt(frame);
      if (garbage?.as === 'noise') randomBytes(v210, frame);
      if (garbage?.as === 'zero') v210.fill(0);
      if (garbage?.as === 'torn' && before.length === own) v210.set(before.subarray(own / 2), own / 2);
      else if (cardFaults.garbageAt(frame + 1)?.as === 'torn') before = Uint8Array.from(v210);
      return garbage?.as === 'noise' || garbage?.as === 'zero';
    },
    packetBytes(frame) {
      const change = cardFaults.changedTo(frame);
      if (change?.as === 'new-raster') return v210SizeBytes(change.to.width, change.to.height);
      const garbage = cardFaults.garbageAt(frame)?.as;
      if (garbage === 'short') return Math.floor(own / 2);
      return garbage === 'long' ? Math.ceil(own * 1.25) : own;
    },
    strayBytes(frame) {
      if (cardFaults.garbageAt(frame)?.as !== 'stream') return new Uint8Array(0);
      const bytes = new Uint8Array(strayBytes);
      randomBytes(bytes, frame);
      return bytes;
    },
  };
}

function blackField(width: number, height: number): Uint8Array {
  const picture = planarPicture(width, height);
  picture.y.fill(64);
  picture.cb.fill(512);
  picture.cr.fill(512);
  return packV210(picture);
}
