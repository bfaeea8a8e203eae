import * as damage from './damage.ts';
import * as level from './levels.ts';
import type { ContentName } from './pictures.ts';
import { type SoundDamage, soundDamages } from './sounds.ts';

/** One fault of the second generator. Lengths in seconds at the three strengths; null: from its start to the tape's end. */
export interface SecondFault {
  check: string;
  seconds: readonly [number, number, number] | 'whole' | 'rest';
  contents?: readonly ContentName[];
  picture?: damage.Damage;
  sound?: SoundDamage;
  /** What happens to time: frames shown again, or left out, are dealt with by the player. */
  time?: 'hold' | 'repeat-once' | 'skip';
  /** Seconds that the sound is longer than the pictures, at full strength. */
  longerS?: number;
  source?: 'bars';
  channels?: readonly number[];
  tenBitOnly?: boolean;
  alsoTrue?: readonly string[];
}

const moving: readonly ContentName[] = ['drift', 'discs'];

export const secondFaults: readonly SecondFault[] = [
  { check: 'video-dropout', seconds: [0.3, 0.6, 1.4], picture: damage.oxideLoss },
  { check: 'head-clog', seconds: [0.6, 1, 3], picture: damage.dirtyHead },
  { check: 'tracking-error', seconds: [0.8, 1.4, 2.6], picture: damage.offTrack },
  { check: 'head-switching', seconds: 'whole', picture: damage.changeOfHeads },
  { check: 'sync-loss', seconds: [0.3, 0.8, 1.2], picture: damage.lostHold },
  { check: 'skew-error', seconds: [1, 1.6, 2.4], picture: damage.tension, contents: ['drift', 'rest'] },
  { check: 'signal-loss', seconds: [0.4, 0.9, 2], picture: level.noSignal },
  { check: 'freeze', seconds: [0.2, 0.5, 1.8], time: 'hold', contents: moving, alsoTrue: ['dropped-frame'] },
  { check: 'duplicate-frame', seconds: [0.04, 0.04, 0.04], time: 'repeat-once', contents: moving },
  { check: 'dropped-frame', seconds: [0.04, 0.04, 0.04], time: 'skip', contents: ['drift', 'roll'] },
  { check: 'eight-in-ten', seconds: 'whole', picture: level.eightBits, tenBitOnly: true },
  { check: 'clamped-levels', seconds: 'whole', picture: level.stopped, alsoTrue: ['oversaturation'] },
  { check: 'field-order', seconds: 'whole', picture: level.fieldsExchanged, contents: moving },
  { check: 'black', seconds: [1.2, 2.2, 3.5], picture: level.deckBlack },
  { check: 'chroma-loss', seconds: [1.4, 2, 3], picture: level.colourOut },
  {
    check: 'oversaturation',
    seconds: [0.8, 1.6, 3],
    picture: level.colourTooHigh,
    alsoTrue: ['broadcast-range'],
  },
  { check: 'luma-over', seconds: [0.8, 1.6, 3], picture: level.tooBright, alsoTrue: ['broadcast-range'] },
  { check: 'luma-under', seconds: [0.8, 1.6, 3], picture: level.tooDark, alsoTrue: ['broadcast-range'] },
  {
    check: 'broadcast-range',
    seconds: [0.8, 1.6, 3],
    picture: level.tooWide,
    alsoTrue: ['luma-over', 'luma-under'],
  },
  { check: 'color-bars', seconds: [2.2, 3, 4], source: 'bars' },
  { check: 'audio-clipping', seconds: [0.7, 1.5, 3], sound: soundDamages.clipped },
  { check: 'channel-imbalance', seconds: 'whole', sound: soundDamages.quieter, channels: [2] },
  {
    check: 'dead-channel',
    seconds: 'rest',
    sound: soundDamages.unplugged,
    channels: [1],
    alsoTrue: ['silence', 'channel-imbalance'],
  },
  { check: 'phase-inversion', seconds: 'rest', sound: soundDamages.turned },
  { check: 'dual-mono', seconds: 'whole', sound: soundDamages.copied },
  { check: 'silence', seconds: [2.4, 3, 3.6], sound: soundDamages.muted },
  { check: 'audio-dropout', seconds: [0.06, 0.16, 0.6], sound: soundDamages.hole },
  { check: 'hum', seconds: 'rest', sound: soundDamages.mains },
  { check: 'reference-tone', seconds: [2.4, 3, 3.6], sound: soundDamages.lineUp },
  { check: 'tone-leak', seconds: 'whole', sound: soundDamages.leak },
  { check: 'ltc-on-audio', seconds: 'whole', sound: soundDamages.timecode, channels: [1] },
  { check: 'av-length', seconds: 'whole', longerS: 1.3 },
];
