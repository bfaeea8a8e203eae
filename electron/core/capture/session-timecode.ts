import type { Session } from '#shared/domain/live.ts';
import type { TimecodeSource } from '#shared/domain/pass.ts';
import { passTransition } from '#shared/domain/pass-machine.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { formatTimecode, nominalFrameRate, parseTimecode } from '#shared/domain/timecode.ts';
import {
  createTimecodeJudge,
  type TimecodeBreak,
  toldTimecodeBreaks,
} from '#shared/domain/timecode-breaks.ts';
import { followedSource } from './followed-timecode.ts';
import type { Recording } from './pass-session.ts';
import { recordedPaths } from './recorder-record.ts';
import type { SessionState } from './session-state.ts';
import { watchTimecodeList } from './timecode-list-watch.ts';

export interface SessionTimecode {
  /** What a screen shows of it; null where the source offers none. */
  view(recordedFrames: number): Session['timecode'];
  /** Reads the list of the recorder (or card) from its beginning. */
  watch(recording: Recording): void;
  /** Reads that list to its end. */
  stop(): Promise<void>;
  /** What the next frame of the master says itself; a follower that starts again begins with frame 0. */
  fromFrame(frame: number, timecode: string | null): void;
}

/** Breaks that follow each other within so many seconds of tape are one burst, and one alarm. */
const burstS = 10;

/**
 * The part of a session that follows the tape's timecode: it knows the latest, and tells of breaks. What the card says
 * counts; the picture's lines do where the card has said nothing. What an earlier engine, or an earlier follower, has told
 * already is found again and not told again: both read from the first frame on.
 */
export function sessionTimecode(
  state: SessionState,
  onTimecode: (frame: number, timecode: string | null) => void,
): SessionTimecode {
  const { passId, pass, journal } = state;
  const rate = pass().video.frameRate;
  let latest: { frame: number; timecode: string; source: TimecodeSource } | undefined;
  let watching: ReturnType<typeof watchTimecodeList> | undefined;
  let cardHasSpoken = false;
  let frameJudge = createTimecodeJudge(rate);
  let breaks = 0;
  let toldUpTo = pass().timecodeBreaks.at(-1)?.frame ?? -1;
  const burstFrames = burstS * nominalFrameRate(rate);
  let isAlarmed = pass().alarms.some(
    (alarm) => alarm.kind === 'timecode-break' && alarm.clearedFrame === null,
  );
  let burstFrame = Number.NEGATIVE_INFINITY;
  let waiting: (TimecodeBreak & { source: TimecodeSource })[] = [];

  function found(source: TimecodeSource, broken: readonly TimecodeBreak[]): void {
    breaks += broken.length;
    if (broken.at(-1)?.kind === 'lost') latest = undefined;
    waiting.push(...broken.filter(({ frame }) => frame > toldUpTo).map((one) => ({ ...one, source })));
    // Only until an interrupted pass is mended.
    if (waiting.length === 0 || !passTransition(pass().state, 'pass.timecode-broken').ok || state.isClosing)
      return;
    const told = waiting.slice(0, Math.max(0, toldTimecodeBreaks - pass().timecodeBreaks.length));
    const first = waiting[0] as TimecodeBreak;
    toldUpTo = (waiting.at(-1) as TimecodeBreak).frame;
    waiting = [];
    if (told.length > 0) {
      journal.append(told.map((one) => ({ type: 'pass.timecode-broken', payload: { passId, ...one } })));
    }
    const isNewBurst = first.frame - burstFrame > burstFrames;
    burstFrame = toldUpTo;
    // Without a signal there is no timecode either, and that it is there again is no alarm.
    if (!isNewBurst || first.kind === 'returned' || hasNoSignal()) return;
    isAlarmed = true;
    state.raise('timecode-break', inWords(first));
  }

  function hasNoSignal(): boolean {
    return state.reading?.card?.signal === 'lost' || state.deviceSignal === 'lost';
  }

  /** An alarm is over when the timecode is there and has gone on for as long as a burst lasts. */
  function endBurst(frame: number): void {
    if (!isAlarmed || latest === undefined || frame - burstFrame <= burstFrames) return;
    isAlarmed = false;
    state.alarmOver('timecode-break');
  }

  /** Frames are followed only when there is a recording. */
  const frameSource = () => followedSource(state.recording?.record.essence ?? 'encode');

  function startAgain(): void {
    frameJudge = createTimecodeJudge(rate);
    if (!cardHasSpoken) breaks = 0;
    // Not told yet, and found again.
    waiting = waiting.filter(({ source }) => source !== frameSource());
  }

  return {
    view(recordedFrames) {
      if (latest) return { value: latest.timecode, source: latest.source, breaks };
      const { source, first } = state.recording?.record.timecode ?? {};
      const start = source === 'container' && first ? parseTimecode(first, rate) : undefined;
      if (!first || start === undefined) return null;
      const value = formatTimecode(start + Math.max(0, recordedFrames - 1), rate, first.includes(';'));
      return { value, source: 'container', breaks };
    },
    watch({ record, files }) {
      const { timecodeListPath } = recordedPaths(record, files.recordPath);
      if (!record.timecode || timecodeListPath === undefined || watching) return;
      const { source } = record.timecode;
      const judge = createTimecodeJudge(rate);
      const add = (frame: number, timecode: string | null, timeS = Number.NaN) => {
        onTimecode(frame, timecode);
        return judge.add(
          frame,
          timecode,
          Number.isFinite(timeS) ? Math.round(timeS * toNumber(rate)) : frame,
        );
      };
      let next = 0;
      watching = watchTimecodeList({
        path: timecodeListPath,
        recordedFrames: () => Math.max(state.reading?.frames ?? 0, pass().frames),
        onTimecodes(listed, upToFrame) {
          if (!cardHasSpoken && listed.length === 0) return;
          if (!cardHasSpoken) breaks = 0;
          cardHasSpoken = true;
          const broken: TimecodeBreak[] = [];
          for (const { frame, timecode, timeS } of listed) {
            // Frames that are not in the list have none.
            for (; next < frame; next++) broken.push(...add(next, null));
            broken.push(...add(frame, timecode, timeS));
            next = frame + 1;
            latest = { frame, timecode, source };
          }
          for (; next < upToFrame; next++) broken.push(...add(next, null));
          found(source, broken);
          endBurst(next);
          state.onChange();
        },
        onError: (error) =>
          state.capture.logger.error({ err: error, passId }, 'a list of timecodes cannot be read'),
      });
    },
    async stop() {
      await watching?.stop();
      watching = undefined;
    },
    fromFrame(frame, timecode) {
      if (frame === 0) startAgain();
      const broken = frameJudge.add(frame, timecode);
      if (cardHasSpoken) return;
      onTimecode(frame, timecode);
      if (timecode !== null) latest = { frame, timecode, source: frameSource() };
      endBurst(frame);
      if (broken.length > 0) found(frameSource(), broken);
    },
  };
}

function inWords({ frame, kind, before, after }: TimecodeBreak): string {
  const from = before ?? 'nothing';
  const what = {
    gap: `jumps ahead from ${from} to ${after}`,
    'jump-back': `jumps back from ${from} to ${after}`,
    repeat: `stands still at ${from}`,
    lost: `is lost after ${from}`,
    returned: `is there again with ${after}`,
  }[kind];
  return `The timecode ${what} at frame ${frame}.`;
}
