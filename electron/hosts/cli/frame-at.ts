import { HelicalError } from '#shared/domain/errors.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { parseTimecode } from '#shared/domain/timecode.ts';

/** The frame that a number, or a timecode counted from the first frame, names. INVALID_INPUT for what names none. */
export function frameAt(text: string, rate: Rational): number {
  const frame = /^\d+$/.test(text) ? Number(text) : parseTimecode(text, rate);
  if (frame !== undefined && Number.isSafeInteger(frame)) return frame;
  throw new HelicalError('INVALID_INPUT', {
    problem: `"${text}" names no frame.`,
    remedy: 'Give a frame number from 0 on, or a timecode like 00:01:02:03.',
  });
}
