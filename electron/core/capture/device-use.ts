import { deviceOf, isExclusive } from '#shared/domain/capture-device.ts';
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
  unfinishedPasses(): Pass[];
  /** Whether this engine has opened the source of a pass. */
  isOpenHere(passId: PassId): boolean;
}): DeviceUse {
  const beingArmed = new Map<string, string>();
  const beingAsked = new Map<string, Promise<unknown>>();

  const holds = ({ id, state }: Pass): boolean =>
    state === 'recording' || state === 'stopping' || (state === 'prepared' && options.isOpenHere(id));

  function refuseHeld(device: string): void {
    const holder = options
      .unfinishedPasses()
      .find((pass) => holds(pass) && deviceOf(pass.sourceId) === device);
    if (holder) {
      const { passNumber, tapeIdentifier, id, state } = holder;
      throw busy(device, `pass ${passNumber} of ${tapeIdentifier} (${id}), which is ${state}`);
    }
    const other = beingArmed.get(device);
    if (other !== undefined) throw busy(device, `a pass of ${other} that is being armed`);
  }

  return {
    async reserve(sourceId, tapeIdentifier) {
      const device = deviceOf(sourceId);
      if (!isExclusive(device)) return { [Symbol.dispose]() {} };
      while (beingAsked.has(device)) await beingAsked.get(device);
      refuseHeld(device);
      beingArmed.set(device, tapeIdentifier);
      return { [Symbol.dispose]: () => void beingArmed.delete(device) };
    },
    async ask(sourceId, open) {
      const device = deviceOf(sourceId);
      if (!isExclusive(device)) return open();
      // Nothing is awaited where nobody asks: who comes first has it at once.
      while (beingAsked.has(device)) await beingAsked.get(device);
      refuseHeld(device);
      const answer = open();
      const asked = answer.then(
        () => beingAsked.delete(device),
        () => beingAsked.delete(device),
      );
      beingAsked.set(device, asked);
      return answer;
    },
  };
}

function busy(device: string, holder: string): HelicalError {
  return new HelicalError('DEVICE_BUSY', {
    problem: `${device} is in use by ${holder}.`,
    safe: 'That pass is not touched.',
    remedy: 'Wait until it is over, stop or disarm it, or choose another device.',
  });
}
