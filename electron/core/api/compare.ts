import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function compareApi({ compare }: Procedures, engine: Engine) {
  return {
    align: compare.align.handler(({ input }) => engine.compare().align(input.passIdA, input.passIdB)),
    passes: compare.passes.handler(({ input }) => engine.compare().passes(input.passIdA, input.passIdB)),
    certify: compare.certify.handler(({ input, context }) =>
      engine.compare().certify(input.passId, context.personId),
    ),
    certificates: compare.certificates.handler(({ input }) =>
      engine.stores.accessCertificates.ofPass(input.passId),
    ),
  };
}
