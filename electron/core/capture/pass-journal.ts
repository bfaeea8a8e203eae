import { HelicalError } from '#shared/domain/errors.ts';
import type { NewEvent } from '#shared/domain/events.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { isSettled, type PassEventType, passTransition } from '#shared/domain/pass-machine.ts';
import type { CaptureOptions } from './ports.ts';
import { wrongState } from './wrong-state.ts';

export type PassEvent = { type: NewEvent['type']; payload: object };

/** One pass as the log has it, and the only way in which its session writes there. */
export interface PassJournal {
  pass(): Pass;
  /** Writes events together; WRONG_STATE for what the machine does not allow. Software acts in the operator's name. */
  append(events: PassEvent[], actorId?: string): void;
  /** Resolves when nothing more will happen to the pass by itself. */
  readonly settled: Promise<Pass>;
}

/** Opens the journal of a pass that the log knows. NOT_FOUND for any other. */
export function openPassJournal(
  { log, reads }: Pick<CaptureOptions, 'log' | 'reads'>,
  passId: PassId,
  onChange: () => void,
): PassJournal {
  let pass = passNow();
  const settled = Promise.withResolvers<Pass>();

  function passNow(): Pass {
    const found = reads.pass(passId);
    if (!found) throw new HelicalError('NOT_FOUND', `There is no pass ${passId}.`);
    return found;
  }

  return {
    pass: () => pass,
    settled: settled.promise,
    append(events, actorId = pass.operatorId) {
      let { state } = pass;
      for (const { type } of events) {
        if (!type.startsWith('pass.')) continue;
        const transition = passTransition(state, type as PassEventType);
        if (!transition.ok) throw wrongState(transition.reason);
        state = transition.state;
      }
      log.append(events.map((event) => ({ ...event, actorId }) as NewEvent));
      pass = passNow();
      onChange();
      if (isSettled(pass.state)) settled.resolve(pass);
    },
  };
}
