import type { Certificate } from '#shared/domain/certificate.ts';
import { driftBetween, type FigureDrift, isOutdated, isSameChain } from '#shared/domain/certificate-drift.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { certificateIdSchema, type PersonId } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { selfTestGivenUp } from '#shared/domain/station-test.ts';
import { certify } from './certify.ts';
import { gatherEvidence } from './gather-evidence.ts';
import type { StationTestOptions, StationTestRequest } from './ports.ts';
import { recordTest } from './record-test.ts';

export interface StationTestResult {
  ok: boolean;
  certificate: Certificate;
  /** Against the last test of the same chain; empty for the first. */
  drift: FigureDrift[];
}

export interface StationTest {
  /**
   * Records the test signal as a pass of its own, measures it and writes the certificate into the log. WRONG_STATE while
   * something is being recorded or tested; DEVICE_*, FILE_UNREADABLE, DISK_FULL as a capture has them.
   */
  run(request: StationTestRequest, actorId: PersonId, signal?: AbortSignal): Promise<StationTestResult>;
  /** All tests, newest first, each held against the one before it of the same chain. */
  certificates(): (StationTestResult & { inForce: boolean; outdated: boolean })[];
}

/** The self-test of the station: the test signal goes the way of every tape, and is measured at its end. */
export function createStationTest(options: StationTestOptions): StationTest {
  const { capture } = options;
  let isTesting = false;

  /** The latest of all tests before it of the same chain; `all` is newest first. */
  const before = (all: readonly Certificate[], at: number): Certificate | undefined => {
    const certificate = all[at] as Certificate;
    return all.slice(at + 1).find((other) => isSameChain(other, certificate));
  };
  const resultOf = (all: readonly Certificate[], at: number): StationTestResult => {
    const certificate = all[at] as Certificate;
    const earlier = before(all, at);
    return { ok: certificate.ok, certificate, drift: earlier ? driftBetween(earlier, certificate) : [] };
  };

  return {
    async run(request, actorId, signal) {
      refuseWhileBusy(isTesting, capture.sessions());
      isTesting = true;
      try {
        const pass = await recordTest(options, request, actorId, signal);
        if (signal?.aborted) throw selfTestGivenUp();
        const master = options.filesOfPass(pass.id).find(({ role }) => role === 'master');
        if (!master || pass.frames === 0) throw nothingRecorded(pass);
        const evidence = await gatherEvidence(options, { pass, master }, request, signal).catch(
          (error: unknown) => {
            throw signal?.aborted ? selfTestGivenUp() : error;
          },
        );
        const certificate = certify(
          evidence,
          certificateIdSchema.parse(options.newId()),
          options.now().toISOString(),
        );
        options.log.append([{ type: 'station.certified', actorId, payload: { certificate } }]);
        return resultOf(options.certificates(), 0);
      } finally {
        isTesting = false;
      }
    },
    certificates() {
      const all = options.certificates();
      const now = options.now();
      return all.map((certificate, at) => ({
        ...resultOf(all, at),
        inForce: options.certificateInForce(certificate.sourceId, certificate.chainName) === certificate.id,
        outdated: isOutdated(certificate, now),
      }));
    },
  };
}

function refuseWhileBusy(isTesting: boolean, sessions: readonly { state: Pass['state'] }[]): void {
  const busy = sessions.some(({ state }) => state !== 'sealed' && state !== 'failed');
  if (!isTesting && !busy) return;
  throw new HelicalError('WRONG_STATE', {
    problem: isTesting ? 'A self-test is running.' : 'A pass is armed, being recorded or being proved.',
    safe: 'It goes on undisturbed.',
    remedy: 'Wait until it is sealed, then test the station.',
  });
}

function nothingRecorded({ failReason }: Pass): HelicalError {
  return new HelicalError('DEVICE_FAILED', {
    problem: `The test signal was not recorded (${failReason ?? 'no master'}).`,
    safe: 'No certificate was written; an earlier one stays as it is.',
    remedy: 'Check that the source gives a signal, and test again. `helical passes list` shows the pass.',
  });
}
