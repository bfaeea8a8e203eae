import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { openDatabase } from '#core/db/database.ts';
import { silentLogger } from '#core/db/logger.ts';
import { createLog } from '#core/log/log.ts';
import { openStationKey } from '#core/log/station-key.ts';
import { linksOf, type NewEvent, parsePayload } from '#shared/domain/events.ts';
import { passIdSchema, personIdSchema } from '#shared/domain/ids.ts';
import { absoluteRow, type Bench } from '../bench.ts';

const wholeEvents = 1_000_000;
/** Writing a million takes minutes; verifying goes event by event, so that a fifth takes a fifth of the time. */
const sampleEvents = 200_000;
const eventsPerTransaction = 5_000;

/** Verifying a log of a million events, all of it: chain, links between events, checkpoints. */
export const logVerify: Bench = {
  name: 'log-verify',
  async run({ folder, whole, say }) {
    const events = whole ? wholeEvents : sampleEvents;
    const scale = wholeEvents / events;
    const db = await openDatabase(join(folder, 'helical.db'));
    try {
      const log = createLog<NewEvent>({
        db,
        projections: [],
        parsePayload,
        linksOf,
        now: () => new Date(),
        newId,
        signer: openStationKey(folder),
        stationId: newId(),
        checkpointFolders: [folder],
        logger: silentLogger,
      });
      const passId = passIdSchema.parse(newId());
      const actorId = personIdSchema.parse(newId());
      say(`writing ${events} events`);
      const writtenFromMs = performance.now();
      while (log.head().seq < events) {
        const missing = Math.min(eventsPerTransaction, events - log.head().seq);
        const first = log.head().seq;
        log.append(
          Array.from({ length: missing }, (_, index) => ({
            type: 'pass.marked' as const,
            actorId,
            payload: { passId, frame: first + index, label: 'a mark of the operator' },
          })),
        );
        log.checkpoint('bench');
      }
      const writtenS = (performance.now() - writtenFromMs) / 1000;
      const times: number[] = [];
      for (let run = 0; run < 3; run++) {
        const startedAtMs = performance.now();
        const verdict = await log.verify();
        times.push((scale * (performance.now() - startedAtMs)) / 1000);
        if (!verdict.ok || verdict.events !== events) {
          throw new Error(`the log does not verify: ${JSON.stringify(verdict)}`);
        }
      }
      return [
        absoluteRow(
          {
            name: 'log-verify',
            what: `Verifying a log of ${wholeEvents} events${whole ? '' : ` (${events} verified, time x ${scale})`}`,
            unit: 's',
            budget: { of: 'value', limit: 'at-most', value: 30 },
            notes: [`${log.checkpoints().length} checkpoints. Writing took ${writtenS.toFixed(0)} s.`],
          },
          times,
        ),
      ];
    } finally {
      db.close();
    }
  },
};
