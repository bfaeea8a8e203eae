import { HelicalError } from '#shared/domain/errors.ts';
import { batchIdSchema, type TapeId } from '#shared/domain/ids.ts';
import { stationTestTape } from '#shared/domain/station-test.ts';
import type { Batch, BatchesStore } from './batches.ts';
import type { HelicalLog } from './record.ts';
import type { TapeRegister } from './tape-register.ts';

/** Where batches are made. */
export interface BatchRegister {
  /** ALREADY_EXISTS for a name that is taken, NOT_FOUND for an unknown tape, INVALID_INPUT for one named twice, and for the station's own test tape. */
  create(name: string, tapes: readonly string[], actorId: string): Batch;
  /** NOT_FOUND, by id or name. */
  require(batch: string): Batch;
}

export function createBatchRegister(options: {
  log: HelicalLog;
  batches: BatchesStore;
  tapeRegister: TapeRegister;
  newId: () => string;
}): BatchRegister {
  const { log, batches, tapeRegister, newId } = options;
  const require = (batch: string): Batch => {
    const found = batches.find(batch);
    if (found) return found;
    throw new HelicalError('NOT_FOUND', {
      problem: `There is no batch "${batch}".`,
      remedy: 'Look it up with: helical batch list.',
    });
  };
  return {
    require,
    create(name, tapes, actorId) {
      if (batches.find(name)) {
        throw new HelicalError('ALREADY_EXISTS', {
          problem: `There is a batch "${name}" already.`,
          safe: 'It was left as it is.',
          remedy: 'Choose another name.',
        });
      }
      const tapeIds: TapeId[] = [];
      for (const tape of tapes.map((asked) => tapeRegister.require(asked))) {
        if (tapeIds.includes(tape.id)) {
          throw new HelicalError('INVALID_INPUT', `Tape "${tape.identifier}" is named twice.`);
        }
        // Tapes are found in whatever case they are written.
        if (tape.identifier.toUpperCase() === stationTestTape) {
          throw new HelicalError('INVALID_INPUT', {
            problem: `"${stationTestTape}" holds self-tests of the station: it is no tape of a collection.`,
            remedy: 'Leave it out of the batch.',
          });
        }
        tapeIds.push(tape.id);
      }
      const batchId = batchIdSchema.parse(newId());
      log.append([{ type: 'batch.created', payload: { batchId, name, tapeIds }, actorId }]);
      return require(batchId);
    },
  };
}
