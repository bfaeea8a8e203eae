import { expect, it } from 'vitest';
import { createDeviceSignal } from './device-signal.ts';

const lost = { kind: 'signal-lost' as const };
const returned = { kind: 'signal-returned' as const };
const overrun = { kind: 'queue-overrun' as const };
const starting = { atMs: 400, isBeyondStart: false };
const at = (atMs: number) => ({ atMs, isBeyondStart: true });
const told = (kind: string) => expect.objectContaining({ do: 'tell', kind });

/** One that has looked before. */
function running(...standing: ('signal-lost' | 'frames-dropped')[]) {
  const device = createDeviceSignal(standing);
  device.look([], starting);
  return device;
}

it('has nothing to say of a card that has not spoken', () => {
  expect(running().look([], at(5_000))).toEqual({ signal: 'unknown', verdicts: [] });
});

it('takes the loss that cards report when they start for what it is', () => {
  const device = running();
  expect(device.look([lost], starting)).toEqual({ signal: 'present', verdicts: [] });
  expect(device.look([returned], starting)).toEqual({ signal: 'present', verdicts: [] });
  expect(device.look([], at(9_000))).toEqual({ signal: 'present', verdicts: [] });
});

it('tells of a signal that never came', () => {
  const device = running();
  device.look([lost], starting);
  expect(device.look([], at(2_000))).toEqual({ signal: 'lost', verdicts: [told('signal-lost')] });
  expect(device.look([], at(3_000)).verdicts).toEqual([]);
});

it('tells at once when the signal is lost, and when it is back', () => {
  const device = running();
  expect(device.look([lost], at(60_000))).toEqual({ signal: 'lost', verdicts: [told('signal-lost')] });
  expect(device.look([returned], at(61_000))).toEqual({
    signal: 'present',
    verdicts: [{ do: 'clear', kind: 'signal-lost' }],
  });
});

it('tells once of packets that are thrown away, and that it is over five seconds after the last', () => {
  const device = running();
  expect(device.look([overrun, overrun], at(60_000)).verdicts).toEqual([told('frames-dropped')]);
  expect(device.look([overrun], at(63_000)).verdicts).toEqual([]);
  expect(device.look([], at(67_000)).verdicts).toEqual([]);
  expect(device.look([], at(68_100)).verdicts).toEqual([{ do: 'clear', kind: 'frames-dropped' }]);
});

it('does not tell again what an earlier engine told, and ends it', () => {
  const device = createDeviceSignal(['signal-lost']);
  expect(device.look([lost, overrun, overrun], at(400))).toEqual({ signal: 'lost', verdicts: [] });
  expect(device.look([], at(900)).verdicts).toEqual([]);
  expect(device.look([returned], at(1_500)).verdicts).toEqual([{ do: 'clear', kind: 'signal-lost' }]);
});
