import type { QcEvent } from '#shared/domain/qc.ts';
import { framesIn, type SeriesDescription } from './series.ts';

/**
 * How long it lasts at the most, what a machine makes before a programme and behind it. Own: of `signal-loss`, half of the tape, since decks show a
 * blue or grey field for as long as they are left running; of `sync-loss`, as many seconds as a servo takes to lock.
 */
const mostShare = 0.5;
const lockSeconds = 5;

/**
 * A recording begins before the deck plays and runs on behind the programme: a mute or a torn picture at its first or last frame is mostly no loss.
 * It stays a warning, since the recording may also have begun too late or ended too early. For whole tapes: while one plays, its last frame is the
 * latest there is.
 */
export function atEndsOfTape<Event extends QcEvent>(
  event: Event,
  series: SeriesDescription & { frames: number },
): Event {
  const { check, severity, startFrame, endFrame } = event;
  const isAtBeginning = startFrame === 0;
  if (severity !== 'fail' || isAtBeginning === (endFrame === series.frames - 1)) return event;
  const most: Readonly<Record<string, number>> = {
    'signal-loss': mostShare * series.frames,
    'sync-loss': framesIn(series, lockSeconds),
  };
  if (!(endFrame - startFrame + 1 <= (most[check] ?? 0))) return event;
  const where = isAtBeginning
    ? 'before the programme: look whether it began earlier'
    : 'behind the programme: look whether it went on';
  return { ...event, severity: 'warn', message: `${event.message} Probably ${where}.` };
}
