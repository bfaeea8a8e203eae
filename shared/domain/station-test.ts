import { HelicalError } from './errors.ts';

/** The tape that self-tests of the station are passes of: no tape of the collection, so that no batch takes it. */
export const stationTestTape = 'STATION-TEST';

/** What a self-test ends with that somebody stopped. */
export function selfTestGivenUp(): HelicalError {
  return new HelicalError('WRONG_STATE', {
    problem: 'The self-test was stopped before its end.',
    safe: 'No certificate was written; an earlier one stays as it is.',
    remedy: 'Test the station again before the next tape.',
  });
}
