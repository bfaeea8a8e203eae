import { expect, it } from 'vitest';
import type { DvFrameErrors } from '#core/essence/dv-blocks.ts';
import { qcEventSchema } from '#shared/domain/qc.ts';
import { createDvErrors } from './dv-errors.ts';

const frame = (even: number, odd: number, badAudioBlocks = 0): DvFrameErrors => ({
  even: { blocks: 810, bad: even },
  odd: { blocks: 810, bad: odd },
  badAudioBlocks,
});
const good = frame(0, 0);

function found(frames: readonly DvFrameErrors[]) {
  const errors = createDvErrors({ num: 25, den: 1 });
  for (const one of frames) errors.add(one);
  const events = errors.events();
  for (const event of events) expect(qcEventSchema.parse(event)).toEqual(event);
  return {
    events: events.map((one) => [one.startFrame, one.endFrame, one.severity]),
    first: events[0],
    errors,
  };
}
const times = (count: number, one: DvFrameErrors) => Array<DvFrameErrors>(count).fill(one);

it('finds nothing in a stream without marks, or without frames', () => {
  expect(found(times(100, good)).events).toEqual([]);
  expect(found([]).errors.tally()).toMatchObject({ frames: 0, evenShare: 0, badVideoBlocks: 0 });
});

it('makes one event of a burst, and two of bursts that lie half a second apart', () => {
  const single = frame(3, 2);
  const stream = [...times(20, good), single, ...times(13, good), single, ...times(14, good), single];
  expect(found([...stream, good]).events).toEqual([
    [20, 34, 'info'],
    [49, 49, 'info'],
  ]);
});

it('weighs by the share of the picture and by the time it lasts', () => {
  expect(found(times(5, frame(10, 10))).events).toEqual([[0, 4, 'warn']]);
  expect(found(times(24, frame(100, 100))).events).toEqual([[0, 23, 'warn']]);
  expect(found(times(25, frame(100, 100))).events).toEqual([[0, 24, 'fail']]);
  expect(found([frame(0, 0, 1)]).events).toEqual([[0, 0, 'warn']]);
});

it('says that one head is clogged where every other track is lost and the others are read', () => {
  const { first, events } = found([...times(50, good), ...times(50, frame(20, 790)), ...times(50, good)]);
  expect(events).toEqual([[50, 99, 'fail']]);
  expect(first?.message).toMatch(/^One head gave nothing: 98 % .*Clean the heads/);
  expect(first?.evidence).toMatchObject({ evenShare: 0.025, oddShare: 0.975, badVideoBlocks: 40_500 });
  expect(found(times(9, frame(0, 810))).first?.message).not.toContain('One head');
  expect(found(times(50, frame(810, 810))).first?.message).not.toContain('One head');
});

it('adds up the whole stream', () => {
  const { errors } = found([good, frame(81, 0, 2), good, good]);
  expect(errors.tally()).toEqual({
    ...{ frames: 4, faultyFrames: 1, videoBlocks: 6480, badVideoBlocks: 81 },
    ...{ evenShare: 0.025, oddShare: 0, badAudioBlocks: 2 },
  });
});
