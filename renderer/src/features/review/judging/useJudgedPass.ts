import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { mergeRanges, withoutRanges } from '#shared/domain/frame-ranges.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { EndReason, PassState } from '#shared/domain/pass.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { sampleOf } from '#shared/domain/sampling.ts';
import { type VerdictWord, verdicts } from '#shared/domain/verdict.ts';
import { api } from '../../../api/client.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { judging, useJudging } from './judging.ts';
import { draftOf } from './note-draft.ts';
import { useWatching, watchPass } from './watching.ts';

/** A pass as the judgement needs it. */
export interface JudgedPass {
  id: PassId;
  state: PassState;
  frames: number;
  /** What it lacks, and how it ended. */
  droppedFrames: number;
  lostFrames: number;
  endReason: EndReason | null;
  qcEvents: readonly ShownEvent[];
  video: { width: number; height: number; frameRate: Rational };
}

/** Only a sealed pass can be accepted; one whose proof failed can be refused. */
function verdictsOn(state: PassState): readonly VerdictWord[] {
  if (state === 'sealed') return verdicts;
  return state === 'failed' ? ['reject', 'capture-again'] : [];
}

/** Everything that was said of the pass that is open; keeps what the keys act on, and tells what is watched of it. */
export function useJudgedPass(pass: JudgedPass) {
  const shown = useQuery(api.review.show.queryOptions({ input: { passId: pass.id } }));
  const me = useQuery(api.station.info.queryOptions()).data?.person;
  const planId = usePreferences((preferences) => preferences.samplingPlan);
  const sample = sampleOf(planId, pass, pass.qcEvents);
  const said = shown.data;
  const now = useWatching();
  const before = said?.watched.find(({ personId }) => personId === me?.id);
  const own = mergeRanges([...(before?.ranges ?? []), ...now.ranges]);
  const ofMaster = mergeRanges([...(before?.masterRanges ?? []), ...now.masterRanges]);
  /** Of what this person watched, the frames that were seen as the access copy alone. */
  const ofCopy = withoutRanges(
    [...(before?.copyRanges ?? []), ...withoutRanges(now.ranges, now.masterRanges)],
    ofMaster,
  );
  useEffect(() => {
    useJudging.setState({
      ...{
        passId: pass.id,
        isSealed: pass.state === 'sealed',
        mayGive: verdictsOn(pass.state),
        events: pass.qcEvents,
        sample,
        watched: own,
      },
      ...{ holding: said?.holding ?? null, me: me?.id ?? '' },
    });
  });
  useEffect(() => () => judging.close(), []);
  // A note that was being written when this screen was left goes on.
  useEffect(() => {
    if (draftOf(pass.id)) judging.open({ kind: 'note' });
  }, [pass.id]);
  useEffect(() => (pass.frames > 0 ? watchPass(pass.id) : undefined), [pass.id, pass.frames]);
  const nameOf = (personId: string) => said?.names[personId] || personId.slice(0, 8);
  return { said, error: shown.error, me, sample, own, ofMaster, ofCopy, planId, nameOf };
}
export type Judged = ReturnType<typeof useJudgedPass>;
