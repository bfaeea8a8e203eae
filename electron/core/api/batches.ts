import { resolve } from 'node:path';
import { batchSchema } from '#shared/contract/batches.ts';
import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function batchesApi({ batches }: Procedures, engine: Engine) {
  const { stores, batchRegister } = engine;
  const batchId = (batch: string) => batchRegister.require(batch).id;
  return {
    list: batches.list.handler(() => stores.batches.list().map((batch) => batchSchema.parse(batch))),
    show: batches.show.handler(({ input }) => batchSchema.parse(batchRegister.require(input.batch))),
    profiles: batches.profiles.handler(() => engine.exports().profiles()),
    create: batches.create.handler(({ input, context }) =>
      batchSchema.parse(batchRegister.create(input.name, input.tapes, context.personId)),
    ),
    check: batches.check.handler(async ({ input }) => ({
      problems: await engine.exports().check(batchId(input.batch), input.profileId),
    })),
    export: batches.export.handler(({ input, context }) =>
      engine.exports().export(batchId(input.batch), input.profileId, undefined, context.personId),
    ),
    exportTo: batches.exportTo.handler(({ input, context }) =>
      engine.exports().export(batchId(input.batch), input.profileId, resolve(input.to), context.personId),
    ),
    verifyPaths: batches.verifyPaths.handler(({ input }) =>
      engine.exports().verifyPaths(input.paths.map((path) => resolve(path))),
    ),
    verifyPackage: batches.verifyPackage.handler(({ input, context }) =>
      engine.exports().verifyPackage(input.packageId, context.personId),
    ),
  };
}
