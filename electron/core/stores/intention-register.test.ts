import { afterEach, beforeEach, expect, it } from 'vitest';
import { createIntentionRegister, eventsWithIntent } from './intention-register.ts';
import { oneTape } from './one-tape.testbed.ts';
import { openStoresTestbed } from './stores.testbed.ts';

let bed: Awaited<ReturnType<typeof openStoresTestbed>>;
beforeEach(async () => {
  bed = await openStoresTestbed();
});
afterEach(() => bed.close());

it('states, refuses what is no range and what was said before, and withdraws', () => {
  const { ids, events } = oneTape('T-1');
  bed.log.append([...events.person, ...events.registered, ...events.captured, ...events.sealed]);
  const register = createIntentionRegister({ ...bed, newId: () => ids.intentionId });
  const shown = () => {
    const pass = bed.stores.passes.find(ids.passId);
    if (!pass) throw new Error('no pass');
    const found = bed.stores.qc.latest(ids.passId)?.events ?? [];
    return eventsWithIntent(bed.stores, pass, found).map(({ check, intended }) => [check, intended?.reason]);
  };
  const asked = { passId: ids.passId, check: 'clipping', startFrame: 10, endFrame: 12, reason: 'A shout.' };

  expect(() => register.state({ ...asked, endFrame: 250 }, ids.personId)).toThrow('250 frames');
  expect(() => register.state({ ...asked, startFrame: 13 }, ids.personId)).toThrow('no range');
  expect(() => register.state({ ...asked, passId: ids.tapeId }, ids.personId)).toThrow('no pass');
  expect(shown()).toEqual([
    ['clipping', undefined],
    ['black', undefined],
  ]);

  const stated = register.state(asked, ids.personId);
  expect(stated).toMatchObject({ statedBy: ids.personId, range: { startFrame: 10, endFrame: 12 } });
  expect(() => register.state({ ...asked, reason: 'Again.' }, ids.personId)).toThrow('A shout.');
  expect(register.ofPass(ids.passId)).toEqual([stated]);
  expect(shown()).toEqual([
    ['clipping', 'A shout.'],
    ['black', undefined],
  ]);

  register.withdraw(stated.id, 'The artist says no.', ids.personId);
  expect(() => register.withdraw(stated.id, 'Twice.', ids.personId)).toThrow('in force');
  expect(shown().map(([, reason]) => reason)).toEqual([undefined, undefined]);
  expect(bed.stores.tapes.timeline(ids.tapeId).slice(-2)).toMatchObject([
    { type: 'qc.intention-stated', summary: { values: { check: 'clipping', reason: 'A shout.' } } },
    { type: 'qc.intention-withdrawn' },
  ]);
});
