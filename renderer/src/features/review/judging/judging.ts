import { create } from 'zustand';
import { isSameFinding } from '#shared/domain/decision.ts';
import { commonRanges, countFrames, type FrameRange, withoutRanges } from '#shared/domain/frame-ranges.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { Origin } from '#shared/domain/origin.ts';
import type { Holding, QueuedPass } from '#shared/domain/pass-review.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import type { VerdictWord } from '#shared/domain/verdict.ts';
import { engine } from '../../../api/client.ts';
import { goTo } from '../../../state/place.ts';
import { review, useCursor } from '../cursor.ts';
import { eventInSight, inOrder, useChosen } from '../event-in-sight.ts';
import { dropDraft } from './note-draft.ts';

/** What is being said of the pass just now. One at a time. */
export type JudgingForm =
  | { kind: 'verdict'; verdict: VerdictWord }
  | { kind: 'note' }
  | { kind: 'ask' }
  | { kind: 'take-over' };

/** What was said last and is in the log now. */
type Stored =
  | { kind: 'verdict'; verdict: VerdictWord }
  | { kind: 'note'; startFrame: number }
  | { kind: 'ask' }
  | { kind: 'withdrawn' };

/** What the keys act on: the pass that is open, who is signed in, and the form that is open. */
interface Judging {
  passId: PassId | null;
  isSealed: boolean;
  /** Verdicts that can be given on a pass in this state. */
  mayGive: readonly VerdictWord[];
  events: readonly ShownEvent[];
  holding: Holding | null;
  me: string;
  /** Parts of the chosen sample, and what this person has watched of the pass. */
  sample: readonly FrameRange[];
  watched: readonly FrameRange[];
  form: JudgingForm | null;
  /** Null where nothing was said since the form was opened, or since the pass was. */
  stored: Stored | null;
  /** Counts how often the origins were asked for: their chips take the focus. */
  originsAsked: number;
  isPending: boolean;
  /** What the last word failed with. */
  error: unknown;
}

const closed = {
  ...{ passId: null, isSealed: false, mayGive: [], events: [], holding: null, sample: [], watched: [] },
  ...{ form: null, stored: null, originsAsked: 0, isPending: false, error: null },
} as const;

export const useJudging = create<Judging>()(() => ({ ...closed, me: '' }));

const { getState: get, setState: set } = useJudging;

/** The event that decisions are about. */
function inSight(): ShownEvent | undefined {
  return eventInSight(get().events, useCursor.getState().frame, useChosen.getState().key);
}

async function say(call: () => Promise<unknown>): Promise<boolean> {
  if (get().isPending) return false;
  set({ isPending: true, error: null });
  try {
    await call();
    return true;
  } catch (error) {
    set({ error });
    return false;
  } finally {
    set({ isPending: false });
  }
}

/** What the keys and buttons of the judgement do. Nothing of it waits for the mouse. */
export const judging = {
  canDecide: () => get().passId !== null && inSight() !== undefined,
  isOpen: () => get().passId !== null,
  close(): void {
    set(closed);
  },
  open(form: JudgingForm): void {
    if (get().passId === null) return;
    useChosen.setState({ isSaying: false });
    set({ form, stored: null, error: null });
  },
  /** Opens the form of a verdict, where the pass is in a state to be judged so. */
  verdict(verdict: VerdictWord): void {
    if (get().mayGive.includes(verdict)) judging.open({ kind: 'verdict', verdict });
  },
  /** Closes the form, and nothing of it is kept; `stored` where its words were written down. */
  leave(stored: Stored | null = null): void {
    const { form, passId } = get();
    if (form?.kind === 'note' && passId !== null) dropDraft(passId);
    set({ form: null, stored, error: null });
  },
  /** A word on the event in sight; an origin says that it is there. Saying so again without one agrees with the origin that stands. */
  decide(judgement: 'accepted' | 'dismissed' | 'reopened', origin: Origin | null = null): void {
    const { passId } = get();
    const event = inSight();
    if (!passId || !event) return;
    const { check, channels, startFrame, endFrame, judged } = event;
    const standing = judgement === 'accepted' && judged?.judgement === 'accepted' ? judged.origin : null;
    void say(() =>
      engine.review.decide({
        ...{ passId, check, startFrame, endFrame, judgement, origin: origin ?? standing },
        ...(channels ? { channels } : {}),
      }),
    );
  },
  askOrigin(): void {
    if (inSight()) set(({ originsAsked }) => ({ originsAsked: originsAsked + 1 }));
  },
  /** In a pass: takes it, puts it back, or asks why it is taken over. In the queue: takes the next that nobody has, and opens it. */
  async take(): Promise<void> {
    const { passId, holding, me, isSealed } = get();
    if (passId === null) return takeNext(me);
    if (!isSealed) return;
    if (holding?.personId === me) await say(() => engine.review.release({ passId }));
    else if (holding) judging.open({ kind: 'take-over' });
    else await say(() => engine.review.take({ passId }));
  },
  /** The next part of the sample that this person has not watched, from the cursor on and then from the head. */
  goToUnwatched(): void {
    const frame = nextUnwatched(get().sample, get().watched, useCursor.getState().frame);
    if (frame !== undefined) review.goTo(frame);
  },
};

async function takeNext(me: string): Promise<void> {
  await say(async () => {
    const next = nextInQueue(await engine.review.queue(), me);
    if (!next) return;
    if (next.heldBy === null) await engine.review.take({ passId: next.passId });
    goTo({ screen: 'review', item: next.passId });
  });
}

/** What is next for somebody: an opinion that is asked of them, a pass that nobody has, and only then one that they have already. */
export function nextInQueue(queue: readonly QueuedPass[], me: string): QueuedPass | undefined {
  return (
    queue.find(({ askedOf }) => askedOf.some(({ id }) => id === me)) ??
    queue.find(({ heldBy }) => heldBy === null) ??
    queue.find(({ heldBy }) => heldBy?.id === me)
  );
}

/** The first frame of the sample at or behind `frame` that was not watched; from the head on where there is none. */
export function nextUnwatched(
  sample: readonly FrameRange[],
  watched: readonly FrameRange[],
  frame: number,
): number | undefined {
  const missing = withoutRanges(sample, watched);
  return (missing.find(({ startFrame }) => startFrame > frame) ?? missing[0])?.startFrame;
}

/** How much of each part was watched. */
export function watchedOf(part: FrameRange, watched: readonly FrameRange[]): number {
  return countFrames(commonRanges([part], watched));
}

/** Where an event stands among the others. */
export function indexOfEvent(events: readonly ShownEvent[], event: ShownEvent): number {
  return inOrder(events).findIndex((one) => one.startFrame === event.startFrame && isSameFinding(one, event));
}
