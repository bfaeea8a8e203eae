import type { ShownEvent } from '#shared/domain/qc.ts';
import type { Alarm, Mark } from './pass-parts.ts';

/** Something that happened on a pass, with its frame: an alarm, an operator's mark, or a finding of a check. */
export type Found =
  | { kind: 'alarm'; frame: number; endFrame: number; alarm: Alarm }
  | { kind: 'mark'; frame: number; endFrame: number; mark: Mark }
  | { kind: 'finding'; frame: number; endFrame: number; event: ShownEvent };

/** All that happened on a pass, in the order of its frames. */
export function foundOn(pass: {
  alarms: readonly Alarm[];
  marks: readonly Mark[];
  qcEvents: readonly ShownEvent[];
}): Found[] {
  const all: Found[] = [
    ...pass.alarms.map((alarm) => ({
      kind: 'alarm' as const,
      frame: alarm.frame,
      endFrame: alarm.frame,
      alarm,
    })),
    ...pass.marks.map((mark) => ({ kind: 'mark' as const, frame: mark.frame, endFrame: mark.frame, mark })),
    ...pass.qcEvents.map((event) => ({
      kind: 'finding' as const,
      frame: event.startFrame,
      endFrame: event.endFrame,
      event,
    })),
  ];
  return all.sort((a, b) => a.frame - b.frame);
}
