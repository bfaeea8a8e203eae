import type { CapturePlan } from '#shared/domain/capture-plan.ts';

/** What an operator set before a pass, for people who read a package without this program. */
export function planInWords({
  start,
  stop,
  retakeOf,
  segment,
  certificateId,
  overruled,
}: CapturePlan): string {
  return [
    `start on ${start.on}${start.on === 'timecode' ? ` ${start.timecode}` : ''}`,
    ...(stop.durationS === undefined ? [] : [`stop after ${stop.durationS} s`]),
    ...(stop.timecode === undefined ? [] : [`stop at timecode ${stop.timecode}`]),
    ...(stop.signalLostS === undefined ? [] : [`stop when the signal is lost for ${stop.signalLostS} s`]),
    ...(stop.tapeEndS === undefined ? [] : [`stop when the tape has ended for ${stop.tapeEndS} s`]),
    ...(retakeOf === undefined ? [] : [`retake of pass ${retakeOf}`]),
    ...(segment === undefined ? [] : [`segment ${segment} of the tape`]),
    ...(certificateId === undefined ? [] : [`self-test of the station in force: ${certificateId}`]),
    ...(overruled === undefined ? [] : [`insisted on although the budget said: ${overruled}`]),
  ].join('; ');
}
