import { equalRational, type Rational, rational } from './rational.ts';

/** Frames a second that a timecode counts to: 25 for PAL, 30 for 29.97. */
export function nominalFrameRate(rate: Rational): number {
  return Math.round(rate.num / rate.den);
}

const ntscRate = rational(30000, 1001);

/**
 * Timecode of a frame, `HH:MM:SS:FF`, or `HH:MM:SS;FF` with `dropFrame` (SMPTE ST 12-1: two numbers are left out each
 * minute but every tenth, at 29.97 only). Wraps at 24 hours. Throws RangeError on a negative or broken frame number.
 */
export function formatTimecode(frame: number, rate: Rational, dropFrame = false): string {
  if (!Number.isSafeInteger(frame) || frame < 0) throw new RangeError(`not a frame number: ${frame}`);
  const fps = nominalFrameRate(rate);
  const drops = dropFrame && equalRational(rate, ntscRate);
  const count = (drops ? withDroppedNumbers(frame) : frame) % (24 * 3600 * fps);
  const seconds = Math.floor(count / fps);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoFigures);
  return `${parts.join(':')}${drops ? ';' : ':'}${twoFigures(count % fps)}`;
}

/**
 * Frame that a timecode names; undefined for text that is no timecode, for figures out of range, and for the numbers
 * that drop-frame timecode leaves out.
 */
export function parseTimecode(text: string, rate: Rational): number | undefined {
  const match = /^(\d{1,2}):(\d{2}):(\d{2})([:;])(\d{2})$/.exec(text.trim());
  if (!match) return undefined;
  const [hours, minutes, seconds, frames] = [match[1], match[2], match[3], match[5]].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const fps = nominalFrameRate(rate);
  if (hours > 23 || minutes > 59 || seconds > 59 || frames >= fps) return undefined;
  const count = ((hours * 60 + minutes) * 60 + seconds) * fps + frames;
  if (match[4] === ':') return count;
  if (!equalRational(rate, ntscRate)) return undefined;
  if (seconds === 0 && frames < 2 && minutes % 10 !== 0) return undefined;
  const totalMinutes = hours * 60 + minutes;
  return count - 2 * (totalMinutes - Math.floor(totalMinutes / 10));
}

/** `HH:MM:SS.mmm` of a frame's start. */
export function formatClock(frame: number, rate: Rational): string {
  const ms = Math.round((frame * 1000 * rate.den) / rate.num);
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(twoFigures);
  return `${parts.join(':')}.${String(ms % 1000).padStart(3, '0')}`;
}

const framesPerMinute = 30 * 60 - 2;
const framesPerTenMinutes = framesPerMinute * 10 + 2;

function withDroppedNumbers(frame: number): number {
  const tens = Math.floor(frame / framesPerTenMinutes);
  const rest = frame % framesPerTenMinutes;
  const minutes = rest < 1800 ? 0 : 1 + Math.floor((rest - 1800) / framesPerMinute);
  return frame + 18 * tens + 2 * minutes;
}

function twoFigures(value: number): string {
  return String(value).padStart(2, '0');
}
