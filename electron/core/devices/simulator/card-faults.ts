import { z } from 'zod';
import { smallestRaster } from './frame-number.ts';
import { type Standard, standards } from './standard.ts';

const frame = z.int().min(0);
const evenPixels = (least: number) => z.int().min(least).max(1920).multipleOf(2);

/**
 * What a card or its driver does wrong, as against what is wrong with a tape (`faults` of a recipe). Frames are counted from 0, as
 * the card counts them.
 */
export const cardFaultSchema = z.discriminatedUnion('kind', [
  /** The card is pulled out when it has taken this many frames: what it still held is lost with it. */
  z.strictObject({
    kind: z.literal('device-gone'),
    atFrame: frame,
    /** Seconds after which it can be opened again, once and without this fault; never, when left out. */
    returnsAfterS: z.number().min(0).max(86_400).optional(),
  }),
  /**
   * Frames that are none. `noise`: random bits of the right number; `zero`: nothing in them; `torn`: the lower half is of the frame
   * before; `short`, `long`: packets of a wrong size; `stream`: random bytes between the packets, as a bad cable gives.
   */
  z.strictObject({
    kind: z.literal('garbage'),
    atFrame: frame,
    frames: z.int().min(1),
    as: z.enum(['noise', 'zero', 'torn', 'short', 'long', 'stream']),
  }),
  /** Sound that is announced and not delivered: from a frame on, for so many frames or to the end of the tape. */
  z.strictObject({ kind: z.literal('audio-missing'), atFrame: frame, frames: z.int().min(1).optional() }),
  /**
   * A clock that is off by this many parts in a million. `picture`: frames come faster (above zero) or slower than the standard says,
   * and sound with them; `sound`: there are more or fewer samples to a frame, as from a converter with a clock of its own.
   */
  z.strictObject({
    kind: z.literal('rate-off'),
    clock: z.enum(['picture', 'sound']),
    ppm: z
      .int()
      .min(-50_000)
      .max(50_000)
      .refine((ppm) => ppm !== 0, 'a clock that is off by 0 is right'),
  }),
  /** Opens, and then nothing comes: no frame, or not even the stream's header. */
  z.strictObject({ kind: z.literal('never-starts'), as: z.enum(['no-frame', 'no-header']) }),
  /**
   * What the deck plays changes in mid tape. `no-signal`: the card goes on in the mode it was opened with, without a picture, as a
   * DeckLink does; `new-raster`: it delivers pictures of the new size in the same stream, as a driver that nobody told does.
   */
  z.strictObject({
    kind: z.literal('standard-change'),
    atFrame: frame,
    to: z.strictObject({
      standard: z.enum(['PAL', 'NTSC']),
      width: evenPixels(smallestRaster.width),
      height: evenPixels(smallestRaster.height),
    }),
    as: z.enum(['no-signal', 'new-raster']),
  }),
]);

export type CardFault = z.infer<typeof cardFaultSchema>;
export type CardFaultOf<Kind extends CardFault['kind']> = Extract<CardFault, { kind: Kind }>;

interface FaultyTape {
  cardFaults: readonly CardFault[];
  standard: 'PAL' | 'NTSC';
  raster?: { width: number; height: number } | undefined;
}

/** What cannot be meant in a list of card faults, each with its place in the list. */
export function wrongCardFaults(tape: FaultyTape, totalFrames: number): { index: number; message: string }[] {
  const wrong: { index: number; message: string }[] = [];
  const seen = new Set<string>();
  for (const [index, fault] of tape.cardFaults.entries()) {
    if ('atFrame' in fault && fault.atFrame >= totalFrames) {
      const message = `starts at frame ${fault.atFrame}, after the end of the tape (${totalFrames} frames)`;
      wrong.push({ index, message });
    }
    // Of the others there may be several, one after the other.
    const once = fault.kind === 'rate-off' ? `${fault.kind} of ${fault.clock}` : fault.kind;
    if (fault.kind !== 'garbage' && fault.kind !== 'audio-missing') {
      if (seen.has(once)) wrong.push({ index, message: `there can be only one ${once} on a tape` });
      seen.add(once);
    }
    if (fault.kind === 'standard-change') {
      const { width, height } = tape.raster ?? standards[tape.standard];
      const { to } = fault;
      if (to.standard === tape.standard && to.width === width && to.height === height) {
        wrong.push({ index, message: 'the tape is in that standard and raster from the start' });
      }
    }
  }
  return wrong;
}

/** Card faults of a tape, asked by frame. */
export interface CardFaults {
  find<Kind extends CardFault['kind']>(kind: Kind): CardFaultOf<Kind> | undefined;
  garbageAt(frame: number): CardFaultOf<'garbage'> | undefined;
  hasSound(frame: number): boolean;
  /** What the deck plays at this frame, where that is not what the card was opened for. */
  changedTo(frame: number): CardFaultOf<'standard-change'> | undefined;
  /** How much faster than it should be a clock runs: 1.001 for 1000 ppm. */
  speedOf(clock: 'picture' | 'sound'): number;
}

/** Lays a list of card faults out. */
export function layCardFaults(faults: readonly CardFault[]): CardFaults {
  const isOf =
    <Kind extends CardFault['kind']>(kind: Kind) =>
    (fault: CardFault): fault is CardFaultOf<Kind> =>
      fault.kind === kind;
  const find: CardFaults['find'] = (kind) => faults.find(isOf(kind));
  const garbage = faults.filter(isOf('garbage'));
  const silent = faults.filter(isOf('audio-missing'));
  const change = find('standard-change');
  return {
    find,
    garbageAt: (at) => garbage.find(({ atFrame, frames }) => at >= atFrame && at < atFrame + frames),
    hasSound: (at) =>
      !silent.some(
        ({ atFrame, frames = Number.POSITIVE_INFINITY }) => at >= atFrame && at < atFrame + frames,
      ),
    changedTo: (at) => (change && at >= change.atFrame ? change : undefined),
    speedOf(clock) {
      const off = faults.find((fault) => fault.kind === 'rate-off' && fault.clock === clock);
      return 1 + (off?.kind === 'rate-off' ? off.ppm : 0) / 1e6;
    },
  };
}

/** Standard, size and rate as a card reports what it sees. */
export function seenFormat(to: CardFaultOf<'standard-change'>['to']) {
  const { frameRate }: Standard = standards[to.standard];
  return { standard: to.standard, width: to.width, height: to.height, frameRate };
}
