import type { Check, Finding } from '../check.ts';
import { createDamageTest } from '../damaged-frames.ts';
import { createGates } from '../gates.ts';
import { evidenceNumber, lengthOf, type Run } from '../runs.ts';
import { framesIn, type Series } from '../series.ts';

/**
 * The two fields of a frame are in the wrong order: what moves goes two steps forward and one back. Where motion shows which
 * field came first, that is held against what the file says; where the file says nothing, against the rest of the tape.
 */
export const fieldOrder: Check<'lead' | 'leastSeconds' | 'meanLead' | 'agreement'> = {
  id: 'field-order',
  medium: 'video',
  titleKey: 'qc.check.fieldOrder.title',
  explanationKey: 'qc.check.fieldOrder.explanation',
  needs: ['fieldLead'],
  sees: ['fieldLead'],
  evidence: ['frames', 'judgedFrames', 'fieldLead', 'expected', 'limitLead'],
  limits: {
    lead: { value: 0.06, unit: 'factor', source: 'Own: film and noise stay below' },
    meanLead: { value: 0.1, unit: 'factor', source: 'Own: motion of fields gives 0.1 (fast) to 0.5 (slow)' },
    leastSeconds: {
      value: 0.5,
      unit: 's',
      source:
        'Own: with motion; no setting is wrong for less, a disturbance or a drawing leads astray so long',
    },
    agreement: { value: 0.85, unit: 'share', source: 'Own: of the frames with motion in a stretch' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const isDamage = createDamageTest(series.frames, earlier);
    const lead = series.column('fieldLead');
    const { cut } = createGates(series);
    const votes = new Int8Array(series.frames);
    for (const [frame, value] of lead.entries()) {
      if (!cut[frame] && Math.abs(value) >= limits.lead) votes[frame] = value > 0 ? 1 : -1;
    }
    const expectation = expectedVote(series, votes);
    if (!expectation) return [];
    const { vote: expected, by } = expectation;
    const stretches = opposed(votes, expected);
    return stretches.flatMap((run): Finding[] => {
      if (isDamage(run)) return [];
      const against = votes[run.endFrame] as number;
      const judged = lead.subarray(run.startFrame, run.endFrame + 1).filter((value) => !Number.isNaN(value));
      const votesFor = votes.subarray(run.startFrame, run.endFrame + 1).filter((vote) => vote === against);
      const mean = judged.reduce((sum, value) => sum + value, 0) / judged.length;
      if (
        votesFor.length < framesIn(series, limits.leastSeconds) ||
        votesFor.length < limits.agreement * judged.length
      )
        return [];
      if (mean * against < limits.meanLead) return [];
      const stretch = widened(run, votes, series, against);
      const [found, other] = against > 0 ? ['top', 'bottom'] : ['bottom', 'top'];
      return [
        {
          ...stretch,
          severity: 'warn',
          confidence: by !== 'the standard' && votesFor.length >= framesIn(series, 1) ? 0.95 : 0.75,
          evidence: {
            frames: lengthOf(stretch),
            judgedFrames: judged.length,
            fieldLead: evidenceNumber(mean),
            expected: `${other} field first, by ${by}`,
            limitLead: limits.meanLead,
          },
          message: `Motion shows the ${found} field first, and by ${by} it is the ${other} one: correct the tag, or the setting of the card before this is played again.`,
        },
      ];
    });
  },
};

/**
 * 1: top field first; -1: bottom field first. A file that calls itself progressive says nothing: most programs write that where
 * nobody told them. Then 625 lines begin with the top field; 525 lines came both ways, and most of the tape decides.
 */
function expectedVote(
  { fieldOrder: said, standard }: Series,
  votes: Int8Array,
): { vote: 1 | -1; by: 'the file' | 'the standard' | 'the rest of the tape' } | undefined {
  if (said === 'tff' || said === 'bff') return { vote: said === 'tff' ? 1 : -1, by: 'the file' };
  if (standard === 'PAL') return { vote: 1, by: 'the standard' };
  const sum = votes.reduce((total, vote) => total + vote, 0);
  return sum === 0 ? undefined : { vote: sum > 0 ? 1 : -1, by: 'the rest of the tape' };
}

/** Stretches from the first to the last vote against an order, one vote for it within forgiven (a disturbance). */
function opposed(votes: Int8Array, expected: 1 | -1): Run[] {
  const runs: Run[] = [];
  let forgiven = 0;
  for (const [frame, vote] of votes.entries()) {
    if (vote === 0) continue;
    if (vote === expected) forgiven++;
    else if (forgiven <= 1 && runs.length > 0) {
      (runs.at(-1) as Run).endFrame = frame;
      forgiven = 0;
    } else {
      runs.push({ startFrame: frame, endFrame: frame });
      forgiven = 0;
    }
  }
  return runs;
}

/**
 * To the ends of the tape, where nothing speaks against it. Otherwise one frame to the front: motion from a good frame to
 * a bad one gives no lead.
 */
function widened(run: Run, votes: Int8Array, series: Series, against: number): Run {
  const other = (vote: number) => vote === -against;
  const isFirst = !votes.subarray(0, run.startFrame).some(other);
  const isLast = !votes.subarray(run.endFrame + 1).some(other);
  return {
    startFrame: isFirst ? 0 : Math.max(0, run.startFrame - 1),
    endFrame: isLast ? series.frames - 1 : run.endFrame,
  };
}
