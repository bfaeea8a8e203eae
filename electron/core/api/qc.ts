import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function qcApi({ qc }: Procedures, engine: Engine) {
  return {
    checks: qc.checks.handler(() => engine.qc().checks()),
    profiles: qc.profiles.handler(() => engine.qc().profiles()),
    measures: qc.measures.handler(({ input }) => engine.qc().measures(input.passId)),
    limits: qc.limits.handler(({ input }) => engine.qc().limits(input.passId)),
    excursion: qc.excursion.handler(async ({ input: { passId, ...request } }) => ({
      frame: (await engine.qc().excursion(passId, request)) ?? null,
    })),
    measurePass: qc.measurePass.handler(({ input, context }) =>
      engine.qc().measurePass(input.passId, input.profileId, context.personId, input.channels),
    ),
    intentions: qc.intentions.handler(({ input }) => engine.intentionRegister.ofPass(input.passId)),
    intend: qc.intend.handler(({ input, context }) => engine.qc().intend(input, context.personId)),
    withdrawIntention: qc.withdrawIntention.handler(({ input, context }) =>
      engine.intentionRegister.withdraw(input.intentionId, input.reason, context.personId),
    ),
    reportPass: qc.reportPass.handler(({ input: { passId, profileId, ...request } }) =>
      engine.qc().reportPass(passId, profileId, request),
    ),
    measureFile: qc.measureFile.handler(({ input, signal }) =>
      engine.qc().measureFile(input.path, input.profileId, signal),
    ),
  };
}
