import type { Logger } from '#core/db/logger.ts';
import { batchesApi } from './batches.ts';
import { captureApi } from './capture.ts';
import { compareApi } from './compare.ts';
import type { Engine } from './engine.ts';
import { liveApi } from './live.ts';
import { logApi } from './log.ts';
import { passesApi } from './passes.ts';
import { createProcedures } from './procedures.ts';
import { qcApi } from './qc.ts';
import { reviewApi } from './review.ts';
import { stationApi } from './station.ts';
import { tapesApi } from './tapes.ts';

/** Every procedure of the contract. TypeScript refuses one that is missing or that answers something else. */
export function createRouter(engine: Engine, logger: Logger) {
  const procedures = createProcedures(logger);
  return procedures.router({
    tapes: tapesApi(procedures, engine),
    capture: captureApi(procedures, engine),
    passes: passesApi(procedures, engine),
    qc: qcApi(procedures, engine),
    compare: compareApi(procedures, engine),
    review: reviewApi(procedures, engine),
    batches: batchesApi(procedures, engine),
    log: logApi(procedures, engine),
    station: stationApi(procedures, engine),
    live: liveApi(procedures, engine),
  });
}
export type HelicalRouter = ReturnType<typeof createRouter>;
