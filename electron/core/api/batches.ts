import { resolve } from 'node:path';
import type { Batch } from '#core/stores/batches.ts';
import { batchSchema } from '#shared/contract/batches.ts';
import { mayAct } from '#shared/domain/roles.ts';
import type { Engine } from './engine.ts';
import type { Context, Procedures } from './procedures.ts';

export function batchesApi({ batches }: Procedures, engine: Engine) {
  const { stores, batchRegister } = engine;
  const told = (batch: Batch, { role }: Context) =>
    batchSchema.parse({
      ...batch,
      packages: batch.packages.map((one) => ({
        ...one,
        place: mayAct(role, 'manager') ? (stores.batches.placeOf(one.id) ?? null) : null,
      })),
    });
  const batchId = (batch: string) => batchRegister.require(batch).id;
  return {
    list: batches.list.handler(({ context }) => stores.batches.list().map((batch) => told(batch, context))),
    show: batches.show.handler(({ input, context }) => told(batchRegister.require(input.batch), context)),
    profiles: batches.profiles.handler(() => engine.exports().profiles()),
    create: batches.create.handler(({ input, context }) =>
      told(batchRegister.create(input.name, input.tapes, context.personId), context),
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
