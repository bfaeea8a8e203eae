import { HelicalError } from '#shared/domain/errors.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { PassesStore } from './passes.ts';
import type { HelicalLog } from './record.ts';

/** Where it is settled which of a tape's passes is its master. */
export interface PassRegister {
  /** NOT_FOUND for a pass that the log does not know. */
  require(passId: string): Pass;
  /**
   * Chooses a pass as its tape's master, or as the master of its segment; the others are kept. Choosing it again changes
   * nothing. WRONG_STATE for one that is not sealed; INVALID_INPUT where another was chosen before and no reason is given.
   */
  choose(request: { passId: PassId; reason: string }, actorId: string): Pass;
}

export function createPassRegister({ log, passes }: { log: HelicalLog; passes: PassesStore }): PassRegister {
  const require = (passId: string): Pass => {
    const pass = passes.find(passId);
    if (pass) return pass;
    throw new HelicalError('NOT_FOUND', {
      problem: `There is no pass ${passId}.`,
      remedy: 'Look it up with: helical passes list.',
    });
  };

  return {
    require,
    choose({ passId, reason }, actorId) {
      const pass = require(passId);
      if (pass.chosen) return pass;
      if (pass.state !== 'sealed') {
        throw new HelicalError('WRONG_STATE', {
          problem: `Pass ${pass.passNumber} is ${pass.state}: only a sealed one can stand for the tape.`,
          safe: 'Nothing was changed.',
          remedy: 'Let it be sealed, or choose another pass.',
        });
      }
      const { tapeId } = pass;
      const other = passes.list(tapeId).find((one) => one.chosen && standsFor(one, pass));
      if (other && reason === '') {
        throw new HelicalError('INVALID_INPUT', {
          problem: `Pass ${other.passNumber} was chosen before: choosing another one needs a reason.`,
          safe: 'Nothing was changed.',
          remedy: 'Say why this one is better.',
        });
      }
      log.append([{ type: 'tape.pass-chosen', payload: { tapeId, passId, reason }, actorId }]);
      return require(passId);
    },
  };
}

/** Whether a choice of `pass` takes the place of the choice of `other`: of the same part, or of the whole against parts. */
function standsFor(other: Pass, pass: Pass): boolean {
  const [was, is] = [other.plan?.segment, pass.plan?.segment];
  return was === is || was === undefined || is === undefined;
}
