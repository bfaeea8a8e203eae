import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derivedWorks } from '#shared/domain/pass.ts';
import { createPressure, type PressureFacts, type PressureStep } from './pressure.ts';

const calm = { lagS: 0.1, filled: 0.01, untilLossS: null, isSteady: false, writeLatencyMs: 10, behindS: 1 };

/** Five looks a second; each step as `seconds: what`. */
function run(pressure = createPressure()) {
  let atS = 0;
  return {
    gaveWay: () => pressure.gaveWay(),
    isPressed: () => pressure.isPressed(),
    go(facts: Partial<PressureFacts>, seconds: number): string[] {
      const said: string[] = [];
      for (const endS = atS + seconds; atS < endS - 1e-6; atS += 0.2) {
        const step = pressure.add({ ...calm, ...facts, atMs: atS * 1000 });
        if (step) said.push(`${Math.round(atS)}: ${step.do} ${step.work}`);
      }
      return said;
    },
  };
}

const pressures: [string, Partial<PressureFacts>, string[]][] = [
  [
    'a queue that fills',
    { lagS: 3, filled: 0.3, untilLossS: 40 },
    ['1: give-way access', '4: give-way thumbnails', '7: give-way samples', '10: give-way live-picture'],
  ],
  [
    'a queue that overflows soon',
    { lagS: 3, filled: 0.3, untilLossS: 8 },
    ['1: give-way access', '2: give-way thumbnails', '3: give-way samples', '4: give-way live-picture'],
  ],
  [
    'a steady growth from little',
    { lagS: 0.5, filled: 0.05, untilLossS: 50, isSteady: true },
    ['1: give-way access', '4: give-way thumbnails', '7: give-way samples', '10: give-way live-picture'],
  ],
  [
    'a disk that hesitates',
    { writeLatencyMs: 1500 },
    ['2: give-way access', '5: give-way thumbnails', '8: give-way samples', '11: give-way live-picture'],
  ],
  ['a follower that cannot keep up: the access copy alone', { behindS: 45 }, ['10: give-way access']],
  ['a passing jam', { lagS: 0.8, filled: 0.3, untilLossS: 4 }, []],
  ['a large queue with a little in it', { lagS: 2, filled: 0.05, untilLossS: null }, []],
  ['a source that can wait', { lagS: null, filled: 0, behindS: null }, []],
];

test.each(pressures)('%s', (_, facts, expected) => {
  expect(run().go(facts, 30)).toEqual(expected);
});

test('what can go on comes back one by one after twenty calm seconds, the rest only when the tape is over', () => {
  const { go, gaveWay, isPressed } = run();
  go({ lagS: 3, filled: 0.3, untilLossS: 40 }, 12);
  expect(isPressed()).toBe(true);
  expect(go({}, 100)).toEqual(['32: resume live-picture', '52: resume samples']);
  expect(gaveWay()).toEqual(['access', 'thumbnails']);
  expect(isPressed()).toBe(false);
});

test('a work that had to give way again soon comes back later', () => {
  const { go } = run();
  const pressed = { lagS: 3, filled: 0.3, untilLossS: 40 };
  go(pressed, 12);
  expect(go({}, 22)).toEqual(['32: resume live-picture']);
  expect(go(pressed, 3)).toEqual(['35: give-way live-picture']);
  expect(go({}, 60)).toEqual(['77: resume live-picture']);
});

test('calm that is broken does not count', () => {
  const { go } = run();
  go({ lagS: 3, filled: 0.3, untilLossS: 40 }, 12);
  const broken = Array.from({ length: 10 }, () => [...go({}, 15), ...go({ lagS: 0.7 }, 0.2)]);
  expect(broken.flat()).toEqual([]);
});

test('an engine that comes back goes on where the last one was', () => {
  const pressure = createPressure(['access', 'thumbnails', 'samples']);
  expect(run(pressure).go({}, 30)).toEqual(['20: resume samples']);
  expect(pressure.over().map(({ work }) => work)).toEqual(['thumbnails', 'access']);
  expect(pressure.gaveWay()).toEqual([]);
});

test('whatever the readings, works give way in the fixed order and come back in the opposite one', () => {
  const facts = fc.record({
    lagS: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 40, noNaN: true })),
    filled: fc.double({ min: 0, max: 1, noNaN: true }),
    untilLossS: fc.oneof(fc.constant(null), fc.double({ min: 0, max: 200, noNaN: true })),
    isSteady: fc.boolean(),
    writeLatencyMs: fc.double({ min: 0, max: 9000, noNaN: true }),
    behindS: fc.double({ min: 0, max: 100, noNaN: true }),
    forS: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 30 }), (spells) => {
      const pressure = createPressure();
      let depth = 0;
      let atMs = 0;
      const follow = (step: PressureStep): void => {
        if (step.do === 'give-way') expect(step.work).toBe(derivedWorks[depth++]);
        else expect(step.work).toBe(derivedWorks[--depth]);
      };
      for (const { forS, ...spell } of spells) {
        for (let look = 0; look < forS * 5; look++, atMs += 200) {
          const step = pressure.add({ ...spell, atMs });
          if (step) follow(step);
        }
      }
      for (const step of [...pressure.recordingOver(), ...pressure.over()]) follow(step);
      expect(depth).toBe(0);
    }),
  );
});
