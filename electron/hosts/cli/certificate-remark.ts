import { deviceOf } from '#shared/domain/capture-device.ts';
import type { Certificate } from '#shared/domain/certificate.ts';
import { certificateLastsDays } from '#shared/domain/certificate-drift.ts';

/** What an operator should know of the certificate that a pass will cite; undefined where there is nothing to say. */
export function certificateRemark(
  tests: readonly { certificate: Certificate; inForce: boolean; outdated: boolean }[],
  source: string,
  chainName: string,
): string | undefined {
  const cited = tests.find(
    ({ inForce, certificate }) =>
      inForce && certificate.chainName === chainName && deviceOf(certificate.sourceId) === deviceOf(source),
  );
  if (!cited) {
    return 'No self-test of this device and chain is in force: the pass cites none. (helical station test)';
  }
  if (!cited.outdated) return undefined;
  const day = cited.certificate.testedAt.slice(0, 10);
  return `The self-test of ${day} is more than ${certificateLastsDays} days old: the pass cites it all the same. (helical station test)`;
}
