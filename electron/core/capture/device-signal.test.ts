import { expect, it } from 'vitest';
import { createDeviceSignal } from './device-signal.ts';

const lost = (frame: number) => ({ kind: 'signal-lost' as const, frame });
const returned = (frame: number) => ({ kind: 'signal-returned' as const, frame });

it('has nothing to say of a card that has not spoken', () => {
  expect(createDeviceSignal().add([], 100)).toEqual({ signal: 'unknown', overruns: 0 });
});

it('takes the loss that cards report when they start for what it is', () => {
  const device = createDeviceSignal();
  expect(device.add([lost(1)], 3).signal).toBe('present');
  expect(device.add([returned(14)], 400).signal).toBe('present');
});

it('tells of a signal that never came', () => {
  const device = createDeviceSignal();
  expect(device.add([lost(1)], 14).signal).toBe('present');
  expect(device.add([], 15).signal).toBe('lost');
});

it('follows the signal from then on, at once', () => {
  const device = createDeviceSignal();
  device.add([lost(1), returned(14)], 30);
  expect(device.add([lost(18_452)], 18_452).signal).toBe('lost');
  expect(device.add([returned(18_454)], 18_454).signal).toBe('present');
  expect(device.add([lost(20_000), returned(20_001), lost(20_002)], 20_002).signal).toBe('lost');
});

it('takes a loss without a frame for a real one', () => {
  expect(createDeviceSignal().add([{ kind: 'signal-lost' }], 2).signal).toBe('lost');
});

it('counts what was thrown away', () => {
  const device = createDeviceSignal();
  const overrun = { kind: 'queue-overrun' as const };
  expect(device.add([overrun, overrun], 500).overruns).toBe(2);
  expect(device.add([overrun, { kind: 'device-gone', detail: 'x' }], 501).overruns).toBe(3);
});
