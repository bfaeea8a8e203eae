import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dumpTables } from '#core/log/tables.ts';
import type { EventPayload } from '#shared/domain/events.ts';
import { opinionIdSchema, type PassId, passIdSchema, verdictIdSchema } from '#shared/domain/ids.ts';
import { oneTape } from './one-tape.testbed.ts';
import { openStoresTestbed } from './stores.testbed.ts';

let bed: Awaited<ReturnType<typeof openStoresTestbed>>;
beforeEach(async () => {
  bed = await openStoresTestbed();
});
afterEach(() => bed.close());

type Given = EventPayload<'review.verdict-given'>;

function sealedTape() {
  const { ids, events } = oneTape('T-1');
  bed.log.append([...events.person, ...events.registered, ...events.captured, ...events.sealed]);
  const verdict = events.reviewed.find(({ type }) => type === 'review.verdict-given')?.payload as Given;
  const state = () => bed.stores.tapes.find(ids.tapeId)?.state;
  const give = (word: Given['verdict'], passId: PassId = ids.passId, actorId: string = ids.personId) => {
    const payload = {
      ...verdict,
      verdictId: verdictIdSchema.parse(newId()),
      passId,
      verdict: word,
      reason: '.',
    };
    bed.log.append([{ type: 'review.verdict-given', payload, actorId }]);
    return state();
  };
  /** A further sealed pass of the tape, for this part of it. */
  const sealed = (passNumber: number, segment?: number): PassId => {
    const passId = passIdSchema.parse(newId());
    const fresh = oneTape(`T-${passNumber}`).events;
    for (const { payload } of [...fresh.captured, ...fresh.sealed]) {
      const { passId: before, tapeId, plan } = payload as { passId?: string; tapeId?: string; plan?: object };
      if (before !== undefined) Object.assign(payload, { passId });
      if (tapeId !== undefined) Object.assign(payload, { tapeId: ids.tapeId, passNumber });
      if (plan !== undefined)
        Object.assign(payload, {
          plan: { start: { on: 'operator' }, stop: {}, ...(segment ? { segment } : {}) },
        });
    }
    bed.log.append([...fresh.captured, ...fresh.sealed]);
    return passId;
  };
  return { ids, events, state, give, sealed };
}

const rebuilt = () => {
  const before = dumpTables(bed.db, bed.tables);
  bed.log.rebuild();
  expect(dumpTables(bed.db, bed.tables)).toEqual(before);
};

it('a tape’s state follows its verdicts, and an opinion that is asked for holds it open', () => {
  const { ids, state, give } = sealedTape();
  expect([state(), bed.stores.review.waiting()]).toEqual(['sealed', [ids.passId]]);
  const taken = { passId: ids.passId, takenFrom: null, reason: '' };
  bed.log.append([{ type: 'review.taken', payload: taken, actorId: ids.personId }]);
  expect(state()).toBe('in-review');
  bed.log.append([{ type: 'review.released', payload: { passId: ids.passId }, actorId: ids.personId }]);
  expect(state()).toBe('sealed');
  expect([give('accept'), bed.stores.review.waiting()]).toEqual(['accepted', []]);
  const opinionId = opinionIdSchema.parse(newId());
  const asked = { opinionId, passId: ids.passId, personId: ids.otherPersonId, question: '' };
  bed.log.append([{ type: 'review.opinion-asked', payload: asked, actorId: ids.personId }]);
  expect([state(), bed.stores.review.waiting()]).toEqual(['in-review', [ids.passId]]);
  expect(give('reject', ids.passId, ids.otherPersonId)).toBe('in-review');
  const review = () => bed.stores.tapes.find(ids.tapeId)?.review;
  expect([give('reject'), review()]).toEqual(['rejected', 'rejected']);
  expect([give('capture-again'), review()]).toEqual(['rejected', 'capture-again']);
  expect(bed.stores.review.verdicts(ids.passId).map(({ verdict }) => verdict)).toEqual([
    'accept',
    'reject',
    'reject',
    'capture-again',
  ]);
  rebuilt();
});

it('a packaged tape that is rejected later is both', () => {
  const { ids, events, give } = sealedTape();
  const tape = () => bed.stores.tapes.find(ids.tapeId);
  bed.log.append(events.packaged);
  expect(tape()).toMatchObject({ state: 'packaged', review: null });
  give('accept');
  expect(tape()).toMatchObject({ state: 'packaged', review: 'accepted' });
  give('reject');
  expect(tape()).toMatchObject({ state: 'packaged', review: 'rejected' });
  rebuilt();
});

it('a tape is accepted when what stands for it is: every segment, or the pass that was chosen', () => {
  const { ids, events, state, give, sealed } = sealedTape();
  // The first pass of the testbed holds segment 2.
  const first = sealed(3, 1);
  expect(give('accept')).toBe('in-review');
  expect(give('accept', first)).toBe('accepted');
  const whole = sealed(4);
  expect(state()).toBe('accepted');
  bed.log.append(
    events.chosen.map(
      (event) => ({ ...event, payload: { ...event.payload, passId: whole } }) as typeof event,
    ),
  );
  expect(state()).toBe('sealed');
  expect(give('reject', whole)).toBe('rejected');
  bed.log.append(events.chosen);
  expect(state()).toBe('accepted');
  expect(bed.stores.passes.list(ids.tapeId).filter(({ chosen }) => chosen)).toHaveLength(1);
  rebuilt();
});
