import { describe, expect, test } from 'vitest';
import { fileIdSchema, passIdSchema } from '#shared/domain/ids.ts';
import type { Picture } from '../../../ui/picture/picture.ts';
import { answersTaken } from '../answers-taken.fixture.ts';
import type { Comparison } from '../comparison.ts';
import { createPictureStore } from './picture-store.ts';
import { createPresenter, type Failure, type ShownPair } from './presenter.ts';
import { keyOf, type PictureAddress, parityOf, toldFrameOf, wantedPair } from './wanted.ts';

const passOf = (number: number, frames: number, fieldOrder: 'tff' | 'bff' | 'progressive' = 'tff') => ({
  id: passIdSchema.parse(`0190a0b0-0000-7000-8000-00000000000${number}`),
  passNumber: number,
  frames,
  video: { width: 4, height: 4, frameRate: { num: 25, den: 1 }, fieldOrder },
  accessFileId: fileIdSchema.parse('0190a0b0-0000-7000-8000-0000000000f1'),
});
const compared = (changes: Partial<Comparison> = {}) => ({
  subject: passOf(1, 100),
  b: { kind: 'pass', pass: passOf(2, 90) } as Comparison['b'],
  shiftFrames: 0,
  aligning: { state: 'none' } as Comparison['aligning'],
  field: 'frame' as Comparison['field'],
  ...changes,
});
const frameOf = (address: PictureAddress | null | 'missing' | undefined) =>
  address && address !== 'missing' ? (address.kind === 'frame' ? address.frame : address.pattern) : address;

const alignment = {
  stretches: [
    { startFrameA: 0, frames: 50, offsetFrames: 3 },
    { startFrameA: 60, frames: 30, offsetFrames: -2 },
  ],
  soundOffsetMs: 0,
  confidence: 1,
};

describe('the pictures of a place', () => {
  test.each([
    ['another pass, as it lies', {}, 10, 10],
    ['shifted by hand', { shiftFrames: -3 }, 10, 7],
    ['before its first frame', { shiftFrames: -3 }, 2, 'missing'],
    ['after its last one', {}, 90, 'missing'],
    ['aligned', { aligning: { state: 'found', alignment } }, 10, 13],
    ['aligned, after a jump', { aligning: { state: 'found', alignment } }, 60, 58],
    ['aligned, between stretches', { aligning: { state: 'found', alignment } }, 55, 'missing'],
    ['aligned and shifted', { aligning: { state: 'found', alignment }, shiftFrames: 1 }, 10, 14],
    ['the access copy, a frame for each field', { b: { kind: 'access' } }, 10, 20],
    ['its later field', { b: { kind: 'access' }, field: 'B' }, 10, 21],
    [
      'the copy of a progressive master',
      { b: { kind: 'access' }, subject: passOf(1, 100, 'progressive') },
      10,
      10,
    ],
    ['a held frame', { b: { kind: 'held', pass: passOf(3, 5), role: 'master', frame: 4 } }, 99, 4],
    ['bars', { b: { kind: 'bars', pattern: '100/0/75/0' } }, 7, '100/0/75/0'],
    ['nothing', { b: { kind: 'none' } }, 7, null],
  ] as const)('B is %s', (_what, changes, frame, expected) => {
    const wanted = wantedPair(compared(changes as Partial<Comparison>), frame);
    expect([frameOf(wanted?.a), frameOf(wanted?.b)]).toEqual([frame, expected]);
  });

  test.each([
    ['tff', 'A', 'master', 0],
    ['tff', 'B', 'master', 1],
    ['bff', 'A', 'master', 1],
    ['bff', 'B', 'master', 0],
    ['tff', 'frame', 'master', undefined],
    ['tff', 'B', 'access', undefined],
    ['progressive', 'A', 'master', undefined],
  ] as const)('fields: %s, field %s of the %s', (fieldOrder, field, role, expected) => {
    expect(parityOf({ kind: 'frame', pass: passOf(1, 9, fieldOrder), role, frame: 0 }, field)).toBe(expected);
  });
});

test.each([
  ['tff', 'access', 9, 4],
  ['progressive', 'access', 9, 9],
  ['tff', 'master', 9, 9],
] as const)('what is told of a picture: %s, %s %i', (fieldOrder, role, frame, told) => {
  expect(toldFrameOf({ kind: 'frame', pass: passOf(1, 100, fieldOrder), role, frame })).toBe(told);
});

test('a copy made anew has pictures of its own, its master the same ones', () => {
  const before = passOf(1, 100);
  const anew = { ...before, accessFileId: fileIdSchema.parse('0190a0b0-0000-7000-8000-0000000000f2') };
  const keys = (role: 'master' | 'access') =>
    [before, anew, { ...anew }].map((pass) => keyOf({ kind: 'frame', pass, role, frame: 7 }));
  expect(new Set(keys('access')).size).toBe(2);
  expect(new Set(keys('master')).size).toBe(1);
});

/** Pictures that come when they are told to. */
function slowReader() {
  const asked: { key: string; give: () => void; refuse: () => void }[] = [];
  const read = (address: PictureAddress) => {
    const { promise, resolve, reject } = Promise.withResolvers<Picture>();
    const header = { frame: 0, frames: 1, width: 2, height: 2, chromaWidth: 1, chromaHeight: 2, bitDepth: 8 };
    const planes = { y: new Uint8Array(4), u: new Uint8Array(2), v: new Uint8Array(2) };
    const whole = { ...header, range: 'limited', matrix: 'bt601', damaged: false } as const;
    asked.push({
      key: keyOf(address).slice(-12),
      give: () => resolve({ header: whole, planes, interlacedChroma: false }),
      refuse: () => reject(new Error('gone')),
    });
    return promise;
  };
  return { read, asked, of: (key: string) => asked.find((one) => one.key.endsWith(key)) };
}

function presented(maxBytes = 1e6) {
  const reader = slowReader();
  const store = createPictureStore({ keyOf, read: reader.read, maxBytes });
  const shown: ShownPair[] = [];
  const failed: Failure[] = [];
  const presenter = createPresenter(store, {
    show: (pair) => shown.push(pair),
    fail: (one) => failed.push(one),
  });
  const want = (frame: number, changes: Partial<Comparison> = {}) =>
    presenter.want(wantedPair(compared(changes), frame) as NonNullable<ReturnType<typeof wantedPair>>);
  const frames = () =>
    shown.map(({ cursorFrame, a, b }) => [
      cursorFrame,
      frameOf(a.address),
      b && typeof b === 'object' ? frameOf(b.address) : b,
    ]);
  return { reader, store, presenter, shown, failed, want, frames };
}

describe('the presenter', () => {
  test('shows a pair when both are there, and never one with the other of another place', async () => {
    const { reader, want, frames } = presented();
    want(10);
    reader.of('1/master/10')?.give();
    await answersTaken();
    expect(frames()).toEqual([]);
    want(11);
    reader.of('2/master/11')?.give();
    await answersTaken();
    // A of 10 and B of 11 are there: that is no pair.
    expect(frames()).toEqual([]);
    reader.of('1/master/11')?.give();
    await answersTaken();
    expect(frames()).toEqual([[11, 11, 11]]);
    reader.of('2/master/10')?.give();
    await answersTaken();
    // What comes too late is not shown any more.
    expect(frames()).toEqual([[11, 11, 11]]);
  });

  test('fetches the newest only while others are on their way', async () => {
    const { reader, want, frames } = presented();
    for (const frame of [1, 2, 3, 4, 5]) want(frame, { b: { kind: 'none' } });
    for (let round = 0; round < 3; round++) {
      for (const { give } of reader.asked) give();
      await answersTaken();
    }
    expect(reader.asked.map(({ key }) => key)).toEqual(
      ['1/master/1', '1/master/2', '1/master/5'].map((key) => `00${key}`.slice(-12)),
    );
    expect(frames().at(-1)).toEqual([5, 5, null]);
  });

  test('shows at once what is at hand', async () => {
    const { reader, presenter, want, frames } = presented();
    presenter.ahead(wantedPair(compared(), 8) as NonNullable<ReturnType<typeof wantedPair>>);
    for (const { give } of reader.asked) give();
    await answersTaken();
    expect(frames()).toEqual([]);
    want(8);
    expect(frames()).toEqual([[8, 8, 8]]);
  });

  test('shows A alone where B has nothing, or cannot be had', async () => {
    const { reader, failed, want, frames } = presented();
    want(95);
    reader.of('1/master/95')?.give();
    await answersTaken();
    want(20);
    reader.of('1/master/20')?.give();
    reader.of('2/master/20')?.refuse();
    await answersTaken();
    expect(frames()).toEqual([
      [95, 95, 'missing'],
      [20, 20, 'failed'],
    ]);
    expect(failed.map(({ cursorFrame, address }) => [cursorFrame, frameOf(address)])).toEqual([[20, 20]]);
  });

  test('lets the pictures go that were not looked at for longest', async () => {
    // Room for three pictures of 8 bytes.
    const { reader, store, want } = presented(24);
    for (const frame of [1, 2, 3, 1, 4]) {
      want(frame, { b: { kind: 'none' } });
      for (const { give } of reader.asked) give();
      await answersTaken();
    }
    const at = (frame: number) =>
      store.peek(wantedPair(compared(), frame)?.a as PictureAddress) !== undefined;
    expect([1, 2, 3, 4].map(at)).toEqual([true, false, true, true]);
  });

  test('says when it is done, whatever became of it', async () => {
    const { reader, presenter, want } = presented();
    const all = [1, 2, 3, 4].map((frame) => want(frame));
    for (const { refuse } of reader.asked) refuse();
    await all[0];
    presenter.dispose();
    await Promise.all([all[2]]);
  });
});
