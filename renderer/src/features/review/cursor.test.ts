import { beforeEach, describe, expect, test } from 'vitest';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { comparison, useComparison } from './comparison.ts';
import { clampFrame, frameOfTyped, review, stretchOf, useCursor } from './cursor.ts';
import { eventInSight, eventKey, useChosen } from './event-in-sight.ts';

const pal = { num: 25, den: 1 };
const found = (check: string, startFrame: number, endFrame = startFrame): ShownEvent => ({
  ...{ check, startFrame, endFrame, severity: 'warn', confidence: 1, evidence: {}, message: '' },
});
const events = [
  found('freeze', 300, 310),
  found('hum', 40, 90),
  found('black', 40, 60),
  found('file-length', 0, 999),
  found('silence', 700, 800),
];
const looked = () => {
  const { frame: at } = useCursor.getState();
  return [at, eventInSight(events, at, useChosen.getState().key)?.check];
};
const frame = () => useCursor.getState().frame;

beforeEach(() => {
  review.close();
  useChosen.setState({ key: null, isSaying: false });
  comparison.close();
  review.open({ id: 'p', frames: 1000, rate: pal, events, hasAccess: true }, 0);
});

describe('the cursor', () => {
  test('stays on frames that exist', () => {
    review.step(-1);
    expect(frame()).toBe(0);
    review.goTo(Number.POSITIVE_INFINITY);
    expect(frame()).toBe(999);
    expect(clampFrame(5, 0)).toBe(0);
  });

  test('goes through every event, also those that begin together, and stays where there is no other', () => {
    const way = (direction: 1 | -1, steps: number) =>
      Array.from({ length: steps }, () => {
        review.stepEvent(direction);
        return looked();
      });
    expect(looked()).toEqual([0, 'file-length']);
    const last = [700, 'silence'];
    expect(way(1, 5)).toEqual([[40, 'black'], [40, 'hum'], [300, 'freeze'], last, last]);
    const first = [0, 'file-length'];
    expect(way(-1, 5)).toEqual([[300, 'freeze'], [40, 'hum'], [40, 'black'], first, first]);
  });

  test('goes back to the beginning of the event it is in, and leaves out none that begins where it stands', () => {
    review.goTo(50);
    review.stepEvent(-1);
    expect(looked()).toEqual([40, 'hum']);
    useChosen.setState({ key: eventKey(events[3] ?? found('', 0)) });
    review.goTo(300);
    review.stepEvent(1);
    expect(looked()).toEqual([300, 'freeze']);
  });

  test('goes to a typed frame or time', () => {
    for (const key of '00:20:10') review.type(key);
    review.goToTyped();
    expect(frame()).toBe(510);
    for (const key of '123') review.type(key);
    review.erase();
    review.goToTyped();
    expect(frame()).toBe(12);
  });

  test('reads figures as frames and colons as a time, and nothing else', () => {
    expect(frameOfTyped('250', pal)).toBe(250);
    expect(frameOfTyped('1:00', pal)).toBe(25);
    expect(frameOfTyped('10:00:00:00', pal)).toBe(900_000);
    expect(frameOfTyped('1:30', pal)).toBeUndefined();
    expect(frameOfTyped('', pal)).toBeUndefined();
    expect(frameOfTyped('1:2:3:4:5', pal)).toBeUndefined();
  });

  test('keeps its place when the same pass is read again', () => {
    review.goTo(77);
    review.open({ id: 'p', frames: 1000, rate: pal, events: [] }, 0);
    expect(frame()).toBe(77);
  });

  test('refuses a place behind the end, and keeps it in sight', () => {
    review.goTo(5);
    for (const key of '1000') review.type(key);
    review.goToTyped();
    expect([frame(), useCursor.getState().typed.text]).toEqual([5, '1000']);
    review.untype();
    review.paste(' 00:00:01:05\n');
    expect([frame(), useCursor.getState().typed.text]).toEqual([30, '']);
    review.paste('VT-0042');
    expect(frame()).toBe(30);
  });

  test('lets a lone figure choose the view mode, and a number not', () => {
    comparison.setMode('beside');
    review.type('5', 1_000);
    expect(useComparison.getState().mode).toBe('difference');
    review.type('0', 1_200);
    expect(useComparison.getState().mode).toBe('beside');
    review.goToTyped();
    expect([frame(), useComparison.getState().mode]).toEqual([50, 'beside']);
  });

  test('steps by second, and by field through both fields of each frame', () => {
    review.stepSecond(1);
    expect(frame()).toBe(25);
    const seen = [1, 1, 1, 1, -1, -1, -1].map((direction) => {
      review.stepField(direction as 1 | -1);
      return `${frame()}${useComparison.getState().field}`;
    });
    expect(seen).toEqual(['25A', '25B', '26A', '26B', '26A', '25B', '25A']);
    comparison.setField('frame');
    review.goTo(0);
    review.stepField(-1);
    expect([frame(), useComparison.getState().field]).toEqual([0, 'frame']);
  });
});

describe('what runs', () => {
  const motion = () => {
    const { speed, playing } = useCursor.getState();
    return [speed, playing];
  };

  test('plays the access copy up to twice its speed, and shows the master otherwise', () => {
    const seen = [1, 1, 1, 1].map((direction) => {
      review.shuttle(direction as 1);
      return motion();
    });
    expect(seen).toEqual([
      [1, true],
      [2, true],
      [4, false],
      [8, false],
    ]);
    review.shuttle(-1);
    expect(motion()).toEqual([-1, false]);
    review.stop();
    expect(motion()).toEqual([0, false]);
    review.open({ id: 'q', frames: 10, rate: pal, events: [] }, 0);
    review.togglePlay();
    expect(motion()).toEqual([1, false]);
  });

  test('stands as soon as one goes somewhere', () => {
    review.shuttle(1);
    review.step(1);
    expect(motion()).toEqual([0, false]);
  });

  test('loops in the marked range, from its beginning', () => {
    review.goTo(200);
    review.markIn();
    review.goTo(300);
    review.markOut();
    review.goTo(10);
    review.toggleLoop();
    expect([frame(), ...motion(), stretchOf(useCursor.getState())]).toEqual([
      200,
      1,
      true,
      { from: 200, to: 300 },
    ]);
    review.toggleLoop();
    expect(stretchOf(useCursor.getState())).toEqual({ from: 0, to: 999 });
  });

  test('drops the mark that a new one leaves behind', () => {
    review.goTo(200);
    review.markOut();
    review.goTo(300);
    review.markIn();
    const { inFrame, outFrame } = useCursor.getState();
    expect([inFrame, outFrame]).toEqual([300, null]);
  });
});
