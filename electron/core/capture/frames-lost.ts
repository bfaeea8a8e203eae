import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { CardReport } from '#core/devices/card-report.ts';
import { endOfCapture } from '#core/essence/capture-gaps.ts';
import type { EndReason } from '#shared/domain/pass.ts';
import type { PassFiles } from './pass-files.ts';
import { type RecorderRecord, recordedPaths } from './recorder-record.ts';
import type { LogLineReader } from './source-watch.ts';
import { leftBehind, type OnTheWay } from './stop-hold.ts';

/** What is known of a recording that has ended in order. */
export interface EndedRecording {
  reason: EndReason;
  /** Frames in the master. */
  frames: number;
  /** Frames that the gaps in the times of those show: some were thrown away, some came broken. */
  missingFrames: number;
  /** What was on its way when a stop was asked for. */
  asked: OnTheWay | undefined;
  card: Pick<CardReport, 'state' | 'capturedFrames' | 'droppedFrames'> | undefined;
  /** Frames of time between the last of the master and the length that was planned; 0 where none was. */
  shortFrames: number;
  /** Packets of picture or sound that the recorder's log tells of as thrown away. */
  thrownPackets: number;
  hasSound: boolean;
}

/** Frames of the tape that are not in the master, up to the end that the recording was to have. */
export interface LostFrames {
  frames: number;
  /** What the card held at a stop, and the recorder did not take. */
  left: number;
  /** Those that no gap shows, and that are told of nowhere else: nothing came behind them. */
  last: number;
}

/**
 * Counts what a recording has lost. Pure. What a card throws away last has nothing behind it, so that no gap in time shows it: it is known
 * by the card's own count, by the length that was asked for, or by the recorder's log. What was lost behind the end that was asked for is
 * no loss.
 */
export function framesLost(end: EndedRecording): LostFrames {
  const { reason, frames, missingFrames, asked, card } = end;
  const droppedFrames = card?.droppedFrames ?? 0;
  const left = asked ? leftBehind(asked, { frames, missingFrames, droppedFrames }) : 0;
  const known = Math.max(
    missingFrames,
    // A packet of a card is a frame long: picture and sound of one frame are two of them.
    Math.ceil(end.thrownPackets / (end.hasSound ? 2 : 1)),
    upToItsEnd(),
  );
  // By the clock it is an estimate, which a source that stood still makes too large: it is told, and not counted.
  return { frames: known + (asked?.basis === 'card' ? left : 0), left, last: known - missingFrames };

  function upToItsEnd(): number {
    if (asked) return asked.droppedFrames;
    if (reason === 'duration') return missingFrames + end.shortFrames;
    // All that a card took until it went away, or until its tape was over, was to be in the master.
    const isAll = reason === 'device-gone' || (reason === 'source-ended' && card?.state === 'ended');
    return card && isAll ? card.capturedFrames - frames : droppedFrames;
  }
}

/**
 * Whether the tape was played for the length that was planned. A live source has no end of its own, but for a card that says so and a program
 * that hands a tape's stream on.
 */
export function isLengthOver(
  { live, frames, writer }: Pick<RecorderRecord, 'live' | 'frames' | 'writer'>,
  card: Pick<CardReport, 'capturedFrames'> | undefined,
): boolean {
  if (!live || frames === null || writer) return false;
  return card === undefined || card.capturedFrames >= frames;
}

/** Frames of time that are missing between the last frame of a master and the length that was planned. */
export async function shortOfLength(record: RecorderRecord, { recordPath }: PassFiles): Promise<number> {
  const { frameHashesPath } = recordedPaths(record, recordPath);
  const end = await endOfCapture(frameHashesPath, record.video.frameRate);
  return Math.max(0, (record.frames ?? 0) - (end ?? 0));
}

/** Packets that a card threw away, by all lines of its recorder's log; 0 where that was cleared away. */
export async function thrownPackets(
  { recorderLogPath }: Pick<PassFiles, 'recorderLogPath'>,
  readLine: LogLineReader,
): Promise<number> {
  let packets = 0;
  try {
    const log = createReadStream(recorderLogPath);
    for await (const line of createInterface({ input: log, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (readLine(line)?.kind === 'queue-overrun') packets += 1;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return packets;
}

/** What came last and is not in the master, as sentences for people. */
export function lastLostInWords(frames: number): string {
  return `Frames of the tape that are not in the master, and that no gap in time shows: ${frames}. They came last, or it was sound.`;
}
