import { HelicalError } from '#shared/domain/errors.ts';
import { intentionIdSchema } from '#shared/domain/ids.ts';
import { type Intention, markIntended } from '#shared/domain/intention.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { QcEvent, ShownEvent } from '#shared/domain/qc.ts';
import type { HelicalLog } from './record.ts';
import type { Stores } from './stores.ts';

/** What a person says of the work, naming it by one of its passes. Frames are that pass's; both or none. */
export interface IntentionRequest {
  passId: string;
  check: string;
  channels?: readonly number[] | undefined;
  startFrame?: number | undefined;
  endFrame?: number | undefined;
  reason: string;
}

/** Where it is recorded that what a check finds is meant to be so. */
export interface IntentionRegister {
  /** NOT_FOUND (pass); INVALID_INPUT for a range that is none or not of the pass; ALREADY_EXISTS. */
  state(request: IntentionRequest, actorId: string): Intention;
  /** NOT_FOUND for one that was never stated, or was withdrawn before. */
  withdraw(intentionId: string, reason: string, actorId: string): Intention;
  /** NOT_FOUND (pass). */
  ofPass(passId: string): Intention[];
}

export function createIntentionRegister(options: {
  log: HelicalLog;
  stores: Pick<Stores, 'intentions' | 'passes'>;
  newId: () => string;
}): IntentionRegister {
  const { log, stores, newId } = options;
  const require = (intentionId: string): Intention => {
    const found = stores.intentions.find(intentionId);
    if (found) return found;
    throw new HelicalError('NOT_FOUND', {
      problem: `There is no intention ${intentionId} in force.`,
      safe: 'Nothing was changed.',
      remedy: 'Look it up with: helical qc intentions PASS.',
    });
  };
  const passOf = (passId: string): Pass => {
    const pass = stores.passes.find(passId);
    if (pass) return pass;
    throw new HelicalError('NOT_FOUND', {
      problem: `There is no pass ${passId}.`,
      remedy: 'Look it up with: helical passes list.',
    });
  };
  return {
    ofPass: (passId) => stores.intentions.ofTape(passOf(passId).tapeId),
    state(request, actorId) {
      const { tapeId, ...pass } = passOf(request.passId);
      const range = rangeOf(request, pass);
      const channels = request.channels ? [...new Set(request.channels)].sort((a, b) => a - b) : null;
      const said = { check: request.check, channels, range };
      const same = stores.intentions.ofTape(tapeId).find((one) => isSame(one, said));
      if (same) {
        throw new HelicalError('ALREADY_EXISTS', {
          problem: `This was said before: ${same.reason}`,
          safe: 'It was left as it is.',
          remedy: 'Withdraw it first where the reason is another one.',
        });
      }
      const intentionId = intentionIdSchema.parse(newId());
      log.append([
        {
          type: 'qc.intention-stated',
          payload: { intentionId, tapeId, ...said, reason: request.reason },
          actorId,
        },
      ]);
      return require(intentionId);
    },
    withdraw(intentionId, reason, actorId) {
      const intention = require(intentionId);
      const payload = { intentionId: intention.id, tapeId: intention.tapeId, reason };
      log.append([{ type: 'qc.intention-withdrawn', payload, actorId }]);
      return intention;
    },
  };
}

/** What a pass shows: its events, with a word on those that are meant to be so. */
export function eventsWithIntent(
  stores: Pick<Stores, 'intentions' | 'passes'>,
  pass: Pass,
  events: readonly QcEvent[],
): ShownEvent[] {
  // Asked many times a second while a tape plays.
  const intentions = events.length === 0 ? [] : stores.intentions.ofTape(pass.tapeId);
  if (intentions.length === 0) return [...events];
  return markIntended(events, intentions, pass, stores.passes.list(pass.tapeId));
}

function rangeOf(
  { startFrame, endFrame }: IntentionRequest,
  pass: Pick<Pass, 'id' | 'frames'>,
): Intention['range'] {
  if (startFrame === undefined && endFrame === undefined) return null;
  const [first, last] = [startFrame ?? 0, endFrame ?? Math.max(0, pass.frames - 1)];
  if (first <= last && last < pass.frames) return { passId: pass.id, startFrame: first, endFrame: last };
  throw new HelicalError('INVALID_INPUT', {
    problem: `From ${first} to ${last} is no range of this pass: it has ${pass.frames} frames, from 0 on.`,
    safe: 'Nothing was changed.',
    remedy: 'Give frames of the pass, the first one first.',
  });
}

function isSame(intention: Intention, said: Pick<Intention, 'check' | 'channels' | 'range'>): boolean {
  const { check, channels, range } = intention;
  return JSON.stringify({ check, channels, range }) === JSON.stringify(said);
}
