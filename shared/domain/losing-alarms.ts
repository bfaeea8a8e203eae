import type { AlarmKind } from './pass.ts';

/** Where tape is being lost, or was: the gravest of alarms. */
const losing: ReadonlySet<AlarmKind> = new Set([
  'frames-dropped',
  'frames-unreadable',
  'recorder-died',
  'device-gone',
  'standard-changed',
  'source-stalled',
  'audio-missing',
  'ended-from-outside',
]);

/** Whether an alarm of this kind says that tape is lost; false for a kind that this version does not know. */
export function isLosingAlarm(kind: string): boolean {
  return losing.has(kind as AlarmKind);
}
