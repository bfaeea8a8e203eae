import { isAbsolute } from 'node:path';
import type { Alignment } from '#shared/domain/alignment.ts';
import type { CopyCertificate } from '#shared/domain/copy-certificate.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { PassComparison } from '#shared/domain/pass-comparison.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { createPassAligner, requireComparable, requirePass } from './align-passes.ts';
import { certificateDocument, certifyAccess, exportCertificate } from './certify-access.ts';
import type { ComparePorts } from './compare-ports.ts';
import { comparePasses, type JudgedPass } from './passes/compare-passes.ts';

/** What the rest of the engine asks of this room, but for the pictures themselves. */
export interface Compare {
  /** NOT_FOUND, INVALID_INPUT (the same pass, other tapes or rates), WRONG_STATE (not measured). */
  align(passIdA: string, passIdB: string): Promise<Alignment>;
  /** The same; also where one of them was not judged. */
  passes(passIdA: string, passIdB: string, offsetFrames?: number): Promise<PassComparison>;
  /** NOT_FOUND, WRONG_STATE (no master, no access copy), FILE_UNREADABLE. Writes into the log. */
  certify(passId: string, actorId: string): Promise<CopyCertificate>;
  /** Writes the latest certificate into a new folder. NOT_FOUND, FILE_EXISTS, INVALID_INPUT (a relative path). */
  exportCertificate(passId: string, to: string, language: ReportLanguage): Promise<{ paths: string[] }>;
  /** A certificate as one page with its stills in it. NOT_FOUND, WRONG_STATE (its files are not there), FILE_UNREADABLE. */
  certificateDocument(
    certificateId: string,
    language: ReportLanguage,
  ): Promise<{ fileName: string; html: string }>;
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
    async passes(passIdA, passIdB, offsetFrames) {
      const [a, b] = [judged(passIdA), judged(passIdB)];
      requireComparable(requirePass(ports, passIdA), requirePass(ports, passIdB));
      const alignment =
        offsetFrames === undefined
          ? await align(passIdA, passIdB)
          : alignedByHand(a.pass.frames, b.pass.frames, offsetFrames);
      return comparePasses(alignment, a, b);
    },
    certify: (passId, actorId) => certifyAccess(ports, passId, actorId),
    exportCertificate: async (passId, to, language) => {
      if (isAbsolute(to)) return exportCertificate(ports, passId, to, language);
      throw new HelicalError('INVALID_INPUT', 'A certificate is written to an absolute path.');
    },
    certificateDocument: (certificateId, language) => certificateDocument(ports, certificateId, language),
  };
}

/** One stretch with the offset that somebody named, as far as both passes reach: nothing of it is proven. */
function alignedByHand(framesA: number, framesB: number, offsetFrames: number): Alignment {
  const startFrameA = Math.max(0, -offsetFrames);
  const frames = Math.min(framesA, framesB - offsetFrames) - startFrameA;
  if (frames > 0) {
    const stretches = [{ startFrameA, frames, offsetFrames }];
    return { stretches, soundOffsetMs: null, confidence: 0, isByHand: true };
  }
  throw new HelicalError('INVALID_INPUT', {
    problem: `Moved by ${offsetFrames} frames, these passes share none: they have ${framesA} and ${framesB}.`,
    safe: 'Nothing was changed.',
    remedy: 'Name a smaller offset, or none.',
  });
}
