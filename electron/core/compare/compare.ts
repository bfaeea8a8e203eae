import type { Alignment } from '#shared/domain/alignment.ts';
import type { CopyCertificate } from '#shared/domain/copy-certificate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PassComparison } from '#shared/domain/pass-comparison.ts';
import { createPassAligner, requirePass } from './align-passes.ts';
import { certifyAccess } from './certify-access.ts';
import type { ComparePorts } from './compare-ports.ts';
import { comparePasses, type JudgedPass } from './passes/compare-passes.ts';

/** What the rest of the engine asks of this room, but for the pictures themselves. */
export interface Compare {
  /** NOT_FOUND, INVALID_INPUT (the same pass, other rates), WRONG_STATE (not measured). */
  align(passIdA: string, passIdB: string): Promise<Alignment>;
  /** The same; also where one of them was not judged. */
  passes(passIdA: string, passIdB: string): Promise<PassComparison>;
  /** NOT_FOUND, WRONG_STATE (no master, no access copy), FILE_UNREADABLE. Writes into the log. */
  certify(passId: string, actorId: string): Promise<CopyCertificate>;
}

export function createCompare(ports: ComparePorts): Compare {
  const align = createPassAligner(ports);
  const judged = (passId: string): JudgedPass => {
    const pass = requirePass(ports, passId);
    const events = ports.events(passId);
    if (events) return { pass, events };
    throw new HelicalError('WRONG_STATE', {
      problem: `Pass ${pass.passNumber} of ${pass.tapeIdentifier} was not judged yet.`,
      safe: 'Nothing was changed.',
      remedy: `Judge it first: helical qc ${pass.id}`,
    });
  };
  return {
    align,
    async passes(passIdA, passIdB) {
      const [a, b] = [judged(passIdA), judged(passIdB)];
      return comparePasses(await align(passIdA, passIdB), a, b);
    },
    certify: (passId, actorId) => certifyAccess(ports, passId, actorId),
  };
}
