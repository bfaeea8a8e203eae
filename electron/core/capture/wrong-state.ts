import { HelicalError } from '#shared/domain/errors.ts';

/** Something was asked of a pass that it cannot do in its state. */
export function wrongState(reason: string): HelicalError {
  return new HelicalError('WRONG_STATE', { problem: reason, safe: 'Nothing was changed.' });
}
