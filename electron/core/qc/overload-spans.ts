import type { Run } from './runs.ts';

/** Stretches that runs of all channels fill, those between which little lies or that belong together as one. */
export function spansOf(
  channels: readonly (readonly Run[])[],
  bridgeFrames: number,
  belong: (last: Run, run: Run) => boolean = () => false,
): Run[] {
  const spans: Run[] = [];
  for (const run of channels.flat().sort((one, other) => one.startFrame - other.startFrame)) {
    const last = spans.at(-1);
    if (last && (run.startFrame - last.endFrame - 1 <= bridgeFrames || belong(last, run))) {
      last.endFrame = Math.max(last.endFrame, run.endFrame);
    } else spans.push({ ...run });
  }
  return spans;
}

/** Runs of one channel; those of one span are one. */
export function joinWithin(runs: readonly Run[], spans: readonly Run[]): Run[] {
  const joined = new Map<Run, Run>();
  let at = 0;
  for (const run of runs) {
    while ((spans[at] as Run).endFrame < run.startFrame) at++;
    const span = spans[at] as Run;
    const { startFrame } = joined.get(span) ?? run;
    joined.set(span, { startFrame, endFrame: run.endFrame });
  }
  return [...joined.values()];
}
