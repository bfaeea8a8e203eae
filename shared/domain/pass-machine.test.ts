import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventPayloads } from './events.ts';
import { type PassState, passStates } from './pass.ts';
import { isSettled, type PassEventType, passTransition, workOf } from './pass-machine.ts';

const eventTypes = Object.keys(eventPayloads).filter((type) => type.startsWith('pass.')) as PassEventType[];

// Rows: state before; columns: the events below; a dot is a refusal. Letters: the first of the state after.
const columns: PassEventType[] = [
  'pass.prepared',
  'pass.recording-started',
  'pass.recorder-adopted',
  'pass.marked',
  'pass.alarm-raised',
  'pass.stop-requested',
  'pass.recording-ended',
  'pass.interrupted',
  'pass.recovered',
  'pass.followed',
  'pass.sealed',
  'pass.failed',
  'pass.planned',
  'pass.alarm-cleared',
  'pass.programme-started',
  'pass.derived-gave-way',
  'pass.derived-resumed',
  'pass.timecode-broken',
];
const letters: Record<string, PassState> = {
  p: 'prepared',
  r: 'recording',
  t: 'stopping',
  i: 'interrupted',
  o: 'following',
  s: 'sealed',
  f: 'failed',
};
const table: [PassState | undefined, string][] = [
  [undefined, 'p . . . . . . . . . . . . . . . . .'],
  ['prepared', '. r . . . . . . . . . f p . . . . .'],
  ['recording', '. . r r r t o i . . . f . r r r r r'],
  ['stopping', '. . t t t . o i . . . f . t t t t t'],
  ['interrupted', '. . . . i . . . o . . f . i . i i .'],
  ['following', '. . . . o . . . . o s f . o o o o o'],
  ['sealed', '. . . . . . . . . . . . . . . . . .'],
  ['failed', '. . . . . . . . . . . . . . . . . .'],
];

test('the table names every state and every event of a pass', () => {
  expect([...columns].sort()).toEqual([...eventTypes].sort());
  expect(table.map(([state]) => state).sort()).toEqual([...passStates, undefined].sort());
});

describe.each(table)('%s', (state, row) => {
  test.each(row.split(' ').map((letter, index) => [columns[index] as PassEventType, letter] as const))(
    '%s -> %s',
    (event, letter) => {
      const transition = passTransition(state, event);
      const expected = letters[letter];
      if (expected === undefined) {
        expect(transition).toMatchObject({ ok: false, reason: expect.stringContaining(event) });
      } else {
        expect(transition).toEqual({ ok: true, state: expected, work: workOf(expected) });
      }
    },
  );
});

test('from any state that is not settled a pass can be brought to an end, and no way leads out of a settled one', () => {
  const walk = fc.array(fc.constantFrom(...eventTypes), { maxLength: 40 });
  fc.assert(
    fc.property(walk, (events) => {
      let state: PassState | undefined;
      for (const event of events) {
        const transition = passTransition(state, event);
        if (state !== undefined && isSettled(state)) expect(transition.ok).toBe(false);
        if (transition.ok) state = transition.state;
      }
      if (state !== undefined && !isSettled(state))
        expect(passTransition(state, 'pass.failed').ok).toBe(true);
    }),
  );
});
