import { expect, it } from 'vitest';
import { type BudgetFacts, judgeBudget } from './budget.ts';

const sd = 720 * 576 * 25;
const hour = 3_600;
const gigabyte = 1e9;

/** A machine of which a single SD capture takes less than half, and its disk. */
const facts: BudgetFacts = {
  figure: {
    speed: 2.4,
    speedWithFewerSlices: undefined,
    bytesPerS: 20e6,
    diskBytesPerS: 200e6,
    ranThen: [],
  },
  isFresh: true,
  pixelsPerS: sd,
  durationS: undefined,
  running: [],
  followers: 0,
  diskFreeBytes: 1_000 * gigabyte,
  reserveBytes: gigabyte,
};
const load = (changes = {}) => ({ pixelsPerS: sd, bytesPerS: 12e6, leftS: hour, ...changes });
const judge = (changes: Partial<BudgetFacts>) => judgeBudget({ ...facts, ...changes });
const figure = (changes: Partial<NonNullable<BudgetFacts['figure']>>) => {
  if (!facts.figure) throw new TypeError('no figure');
  return { ...facts.figure, ...changes };
};

it('says how many captures fit a machine, and that the next one does not', () => {
  const alone = judge({});
  expect(alone).toMatchObject({
    captures: 1,
    atMost: 2,
    fits: true,
    speed: 2.4,
    bottleneck: null,
    helps: [],
  });
  expect(alone.message).toContain('2 such captures fit it; a third does not.');
  expect(alone.message).toContain(
    'tried with a burst of a few seconds at most: over a whole tape it may be slower',
  );
  const beside = judge({ running: [load()] });
  expect(beside).toMatchObject({ captures: 2, atMost: 2, fits: true });
  expect(beside.speed).toBeCloseTo(1.4);
  const third = judge({ running: [load(), load()] });
  expect(third).toMatchObject({ captures: 3, atMost: 2, fits: false, bottleneck: 'cpu' });
  expect(third.message).toContain('Beside 2 other captures');
  expect(third.message).toContain('too little to be safe');
});

it('does not count twice what ran while it was measured', () => {
  const measuredBeside = figure({ speed: 1.4, ranThen: [load()] });
  expect(judge({ figure: measuredBeside, running: [load()] }).speed).toBeCloseTo(1.4);
  expect(judge({ figure: measuredBeside, running: [] })).toMatchObject({ atMost: 2, captures: 1 });
  expect(judge({ figure: measuredBeside, running: [load(), load()] }).fits).toBe(false);
});

it('counts a capture by its pixels', () => {
  const small = load({ pixelsPerS: sd / 10, bytesPerS: 1e6 });
  expect(judge({ running: [small, small] })).toMatchObject({ fits: true, atMost: 3 });
  expect(judge({ running: [load({ pixelsPerS: 2 * sd })] })).toMatchObject({
    fits: false,
    bottleneck: 'cpu',
  });
});

it('names what would help by what stands in the way', () => {
  expect(judge({ figure: figure({ speed: 1 }), followers: 1 }).helps).toEqual([
    'fewer-followers',
    'close-programs',
  ]);
  const slices = figure({ speed: 1, speedWithFewerSlices: 1.2 });
  expect(judge({ figure: slices }).helps).toEqual(['fewer-slices', 'close-programs']);
  expect(judge({ figure: figure({ speed: 1, speedWithFewerSlices: 1.02 }) }).helps).toEqual([
    'close-programs',
  ]);
  expect(judge({ figure: figure({ diskBytesPerS: 22e6 }) })).toMatchObject({
    fits: false,
    bottleneck: 'disk',
    speed: 1.1,
    helps: ['another-disk'],
    message: expect.stringContaining('the disk is too slow'),
  });
  // 200 MB/s hold one more beside what writes 170, 1.5 times over; beside 180 they do not.
  const writes = (bytesPerS: number) => judge({ running: [load({ bytesPerS, pixelsPerS: 1 })] }).bottleneck;
  expect([writes(170e6), writes(180e6)]).toEqual([null, 'disk']);
});

it('adds up what all captures still need, against the room that may be used', () => {
  const room = (changes: Partial<BudgetFacts>) =>
    judge({ diskFreeBytes: 101 * gigabyte, ...changes }).bottleneck;
  expect(room({})).toBeNull();
  expect(room({ durationS: 4_900 })).toBeNull();
  expect(room({ durationS: 5_100 })).toBe('room');
  // 72 GB for an hour of this one, and 12 MB/s for the other.
  expect(room({ running: [load({ leftS: 2_000 })] })).toBeNull();
  expect(room({ running: [load({ leftS: undefined })] })).toBe('room');
  const short = judge({ diskFreeBytes: 33 * gigabyte, running: [load()] });
  expect(short.diskLeftS).toBeCloseTo(1_000);
  expect(short.helps).toContain('more-room');
  expect(short.message).toContain('16 minutes of all recordings together');
});

it('says when it is not known, or not measured now', () => {
  expect(judge({ figure: undefined })).toMatchObject({ fits: false, speed: null, atMost: null, captures: 1 });
  expect(judge({ isFresh: false }).message).toContain('as last measured');
});

it('says that a capture for which the machine is too slow goes on all the same, and at what risk', () => {
  const { message } = judge({ figure: figure({ speed: 0.4 }) });
  expect(message).toContain(
    'It cannot take even one such capture safely. It records all the same when you begin, at a risk:',
  );
  expect(message).toContain('it falls behind by 36 s a minute');
  expect(message).toContain('lost for good. What is lost is counted and stated.');
  expect(judge({ figure: figure({ speed: 1.1 }) }).message).toContain('a busy moment of the machine');
  expect(judge({}).message).not.toContain('risk');
});
