import type { DeviceKey } from '#core/devices/device.ts';
import { deviceOf } from '#shared/domain/capture-device.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';

/** Which device which capture has to itself. */
export interface DeviceUse {
  /** Keeps a source's device for a capture that is being armed, until it is disposed. DEVICE_BUSY, with who has it. */
  reserve(sourceId: string, tapeIdentifier: string): Promise<Disposable>;
  /** Opens a source for a moment, to ask what it gives; whoever arms it meanwhile waits. DEVICE_BUSY. */
  ask<Answer>(sourceId: string, open: () => Promise<Answer>): Promise<Answer>;
}

/**
 * Devices are in use by what is armed here, by what is recorded (also by recorders of an earlier engine that were not taken
 * back yet), and by what is being armed at this moment.
 */
export function createDeviceUse(options: {
  /** The device behind a selection's text; undefined where any number of captures may open it. */
  keyOf(sourceId: string): Promise<DeviceKey | undefined>;
  unfinishedPasses(): Pass[];
  /** Whether this engine has opened the source of a pass. */
  isOpenHere(passId: PassId): boolean;
}): DeviceUse {
  const beingArmed = new Set<{ key: DeviceKey; tapeIdentifier: string }>();
  const beingAsked = new Set<{ key: DeviceKey; over: Promise<unknown> }>();
  let turn: Promise<unknown> = Promise.resolve();

  const holds = ({ id, state }: Pass): boolean =>
    state === 'recording' || state === 'stopping' || (state === 'prepared' && options.isOpenHere(id));

  async function refuseHeld(key: DeviceKey, device: string): Promise<void> {
    // Both are read before anything is awaited: who is being armed now may be a pass a moment later.
    const other = [...beingArmed].find((armed) => isSameDevice(armed.key, key));
    if (other) throw busy(device, `a pass of ${other.tapeIdentifier} that is being armed`);
    const held = options.unfinishedPasses().filter(holds);
    for (const { sourceId, passNumber, tapeIdentifier, id, state } of held) {
      const its = await options.keyOf(sourceId);
      if (!its || !isSameDevice(its, key)) continue;
      const name = deviceOf(sourceId);
      const as = name === device ? '' : `, as ${name}`;
      throw busy(device, `pass ${passNumber} of ${tapeIdentifier} (${id}), which is ${state}${as}`);
    }
  }

  /**
   * Takes a device that nobody has, once nobody asks it any more. One at a time, in the order in which they came: between the
   * look and the taking nobody else takes it.
   */
  async function take<Taken>(key: DeviceKey, device: string, taking: () => Taken): Promise<{ taken: Taken }> {
    for (;;) {
      const mine = turn.then(async () => {
        const asked = [...beingAsked].find((one) => isSameDevice(one.key, key));
        if (asked) return asked;
        await refuseHeld(key, device);
        // In an object, so that what is taken may be a promise that nobody's turn waits for.
        return { taken: taking() };
      });
      turn = mine.catch(() => {});
      const result = await mine;
      if ('taken' in result) return result;
      await result.over;
    }
  }

  return {
    async reserve(sourceId, tapeIdentifier) {
      const key = await options.keyOf(sourceId);
      if (!key) return { [Symbol.dispose]() {} };
      const armed = { key, tapeIdentifier };
      await take(key, deviceOf(sourceId), () => beingArmed.add(armed));
      return { [Symbol.dispose]: () => void beingArmed.delete(armed) };
    },
    async ask(sourceId, open) {
      const key = await options.keyOf(sourceId);
      if (!key) return open();
      const { taken } = await take(key, deviceOf(sourceId), () => {
        const answer = open();
        const forget = () => void beingAsked.delete(asking);
        const asking = { key, over: answer.then(forget, forget) };
        beingAsked.add(asking);
        return answer;
      });
      return taken;
    },
  };
}

/** Whichever deck of a bus is found first may be any of them. */
function isSameDevice(one: DeviceKey, other: DeviceKey): boolean {
  if (one.bus !== other.bus) return false;
  return one.unit === undefined || other.unit === undefined || one.unit === other.unit;
}

function busy(device: string, holder: string): HelicalError {
  return new HelicalError('DEVICE_BUSY', {
    problem: `${device} is in use by ${holder}.`,
    safe: 'That pass is not touched.',
    remedy: 'Wait until it is over, stop or disarm it, or choose another device.',
  });
}
