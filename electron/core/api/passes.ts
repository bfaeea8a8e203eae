import { HelicalError } from '#shared/domain/errors.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function passesApi({ passes }: Procedures, engine: Engine) {
  const { stores, tapeRegister } = engine;
  return {
    list: passes.list.handler(({ input }) =>
      stores.passes.list(input.tape === undefined ? undefined : tapeRegister.require(input.tape).id),
    ),
    show: passes.show.handler(({ input }) => {
      const pass = requirePass(engine, input.passId);
      const measured = stores.qc.latest(pass.id);
      return {
        ...pass,
        files: stores.files.ofPass(pass.id),
        qcEvents: measured?.events ?? [],
        qcProfileId: measured?.profileId ?? null,
      };
    }),
    recover: passes.recover.handler(() => engine.capture().recover()),
    locate: passes.locate.handler(({ input }) => {
      const pass = requirePass(engine, input.passId);
      return stores.files.ofPass(pass.id).map((file) => ({
        role: file.role,
        path: engine.pathOf(file),
        bytes: file.sizeBytes,
        sha256: file.sha256,
      }));
    }),
  };
}

function requirePass({ stores }: Engine, passId: string): Pass {
  const pass = stores.passes.find(passId);
  if (pass) return pass;
  throw new HelicalError('NOT_FOUND', {
    problem: `There is no pass ${passId}.`,
    remedy: 'Look it up with: helical passes list.',
  });
}
