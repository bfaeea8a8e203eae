import { type StartCondition, type StopConditions, timecodeTextSchema } from '#shared/domain/capture-plan.ts';
import type { PassId } from '#shared/domain/ids.ts';

/** The conditions of a pass as they stand in the form: text, until they are sent. */
export interface PlanText {
  startOn: StartCondition['on'];
  startTimecode: string;
  stopTimecode: string;
  signalLostS: string;
  tapeEndS: string;
  retakeOf: PassId | '';
  segment: string;
}

export const noPlan: PlanText = {
  ...{ startOn: 'operator', startTimecode: '', stopTimecode: '', signalLostS: '', tapeEndS: '' },
  ...{ retakeOf: '', segment: '' },
};

/** Fields in which something stands that cannot be meant. */
export type PlanProblem = 'startTimecode' | 'stopTimecode' | 'signalLostS' | 'tapeEndS' | 'segment';

export function planProblems(plan: PlanText): PlanProblem[] {
  const isSeconds = (text: string) => text === '' || seconds(text) >= 1;
  return [
    ...(plan.startOn === 'timecode' && !isTimecode(plan.startTimecode) ? (['startTimecode'] as const) : []),
    ...(plan.stopTimecode !== '' && !isTimecode(plan.stopTimecode) ? (['stopTimecode'] as const) : []),
    ...(isSeconds(plan.signalLostS) ? [] : (['signalLostS'] as const)),
    ...(isSeconds(plan.tapeEndS) ? [] : (['tapeEndS'] as const)),
    ...(/^([1-9]\d{0,2})?$/.test(plan.segment.trim()) ? [] : (['segment'] as const)),
  ];
}

/** What the engine is asked for: only what was set. The plan has no problems. */
export function askedPlan(plan: PlanText): {
  start?: StartCondition;
  stop?: Omit<StopConditions, 'durationS'>;
  retakeOf?: PassId;
  segment?: number;
} {
  const stop = {
    ...(plan.stopTimecode && { timecode: plan.stopTimecode.trim() }),
    ...(plan.signalLostS && { signalLostS: seconds(plan.signalLostS) }),
    ...(plan.tapeEndS && { tapeEndS: seconds(plan.tapeEndS) }),
  };
  const start: StartCondition =
    plan.startOn === 'timecode'
      ? { on: 'timecode', timecode: plan.startTimecode.trim() }
      : { on: plan.startOn };
  return {
    ...(start.on === 'operator' ? {} : { start }),
    ...(Object.keys(stop).length === 0 ? {} : { stop }),
    ...(plan.retakeOf && { retakeOf: plan.retakeOf }),
    ...(plan.segment.trim() && { segment: Number(plan.segment) }),
  };
}

const isTimecode = (text: string) => timecodeTextSchema.safeParse(text.trim()).success;
const seconds = (text: string) => Number(text.trim().replace(',', '.'));
