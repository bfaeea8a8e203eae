import { beforeEach, describe, expect, test } from 'vitest';
import { clampFrame, frameOfTyped, neighbourEvent, review, useCursor } from './cursor.ts';

const pal = { num: 25, den: 1 };
const frame = () => useCursor.getState().frame;

beforeEach(() => {
  useCursor.setState({ passId: null, typed: '' });
  review.open({ id: 'p', frames: 1000, rate: pal, eventFrames: [300, 40, 40, 700] }, 0);
});

describe('the cursor', () => {
  test('stays on frames that exist', () => {
    review.step(-1);
    expect(frame()).toBe(0);
    review.goTo(Number.POSITIVE_INFINITY);
    expect(frame()).toBe(999);
    expect(clampFrame(5, 0)).toBe(0);
  });

  test('goes from event to event and stays where there is no other', () => {
    review.stepEvent(1);
    review.stepEvent(1);
    expect(frame()).toBe(300);
    review.stepEvent(-1);
    expect(frame()).toBe(40);
    review.stepEvent(-1);
    expect(frame()).toBe(40);
    expect(neighbourEvent([10, 20], 20, 1)).toBeUndefined();
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
    review.open({ id: 'p', frames: 1000, rate: pal, eventFrames: [] }, 0);
    expect(frame()).toBe(77);
  });
});
