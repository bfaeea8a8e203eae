import { expect, it } from 'vitest';
import { startCondition, stopCondition } from './conditions.ts';

it.each([
  ['operator', { on: 'operator' }],
  ['signal', { on: 'signal' }],
  ['timecode:10:00:00:00', { on: 'timecode', timecode: '10:00:00:00' }],
  ['timecode:10:00:00;02', { on: 'timecode', timecode: '10:00:00;02' }],
])('reads the start %s', (text, condition) => {
  expect(startCondition(text)).toEqual(condition);
});

it('reads stops, one after the other', () => {
  const first = stopCondition('tape-end:10');
  const second = stopCondition('signal-lost:2.5', first);
  expect(stopCondition('timecode:11:00:00:00', second)).toEqual({
    tapeEndS: 10,
    signalLostS: 2.5,
    timecode: '11:00:00:00',
  });
});

it.each(['', 'picture', 'signal:3', 'timecode', 'timecode:10:00', 'timecode:10:60:00:00'])(
  'refuses the start "%s"',
  (text) => expect(() => startCondition(text)).toThrow('It is operator, signal, or timecode'),
);

it.each([
  '',
  'tape-end',
  'tape-end:',
  'tape-end:soon',
  'tape-end:0',
  'signal-lost:-1',
  'timecode:99',
  'operator',
])('refuses the stop "%s"', (text) =>
  expect(() => stopCondition(text)).toThrow('It is timecode:HH:MM:SS:FF, signal-lost'),
);

it('refuses a stop that was said twice', () => {
  expect(() => stopCondition('tape-end:5', { tapeEndS: 10 })).toThrow('tape-end was said twice');
});
