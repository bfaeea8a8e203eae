import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function compareApi({ compare }: Procedures, engine: Engine) {
  return {
    align: compare.align.handler(({ input }) => engine.compare().align(input.passIdA, input.passIdB)),
    passes: compare.passes.handler(({ input }) =>
      engine.compare().passes(input.passIdA, input.passIdB, input.offsetFrames),
    ),
    certify: compare.certify.handler(({ input, context }) =>
      engine.compare().certify(input.passId, context.personId),
    ),
    exportCertificate: compare.exportCertificate.handler(({ input: { passId, to, language } }) =>
      engine.compare().exportCertificate(passId, to, language),
    ),
    certificates: compare.certificates.handler(({ input }) =>
      engine.stores.accessCertificates.ofPass(input.passId),
    ),
  };
}
