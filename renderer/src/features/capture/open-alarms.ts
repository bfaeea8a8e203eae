import type { Session } from '#shared/domain/live.ts';
import { isLosingAlarm } from '#shared/domain/losing-alarms.ts';
import type { AlarmKind } from '#shared/domain/pass.ts';
import { framesToSeconds } from '../../ui/words.ts';
import type { Alarm } from './pass-parts.ts';

/** Alarms of a moment: nothing ends them, so they leave the screen after a minute of tape. They stay in the lane and the log. */
const momentary: ReadonlySet<AlarmKind> = new Set([
  'recorder-adopted',
  'follower-restarted',
  'clock-changed',
  'timecode-break',
]);
const momentS = 60;

/** Where tape is being lost, or will be: red, and above everything else. */
export function isLosing({ kind }: Alarm): boolean {
  return isLosingAlarm(kind);
}

/** What goes on now: alarms that are not over, one of each kind with its latest word, the gravest first. */
export function openAlarms({ alarms, frames, video }: Pick<Session, 'alarms' | 'frames' | 'video'>): Alarm[] {
  const latest = new Map<AlarmKind, Alarm>();
  for (const alarm of alarms) {
    latest.delete(alarm.kind);
    if (alarm.clearedFrame !== null) continue;
    const ageS = framesToSeconds(Math.max(0, frames - alarm.frame), video.frameRate);
    if (!momentary.has(alarm.kind) || ageS < momentS) latest.set(alarm.kind, alarm);
  }
  // That frames will be lost is no news beside that they are.
  if (latest.has('frames-dropped')) latest.delete('lag');
  return [...latest.values()].sort((a, b) => Number(isLosing(b)) - Number(isLosing(a)) || b.frame - a.frame);
}
