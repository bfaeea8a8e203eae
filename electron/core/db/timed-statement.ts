import type Driver from 'better-sqlite3';
import type { Logger } from './logger.ts';
import type { Statement } from './statement.ts';

interface Timing {
  logger: Logger;
  slowStatementMs: number;
}

/** Wraps a driver statement so that every use that takes longer than `slowStatementMs` is logged with its name. */
export function timedStatement(
  prepared: Driver.Statement<unknown[], unknown>,
  name: string,
  { logger, slowStatementMs }: Timing,
): Statement<unknown, unknown> {
  const bound = (params: unknown): unknown[] => (params === undefined ? [] : [params]);
  const report = (durationMs: number): void => {
    if (durationMs > slowStatementMs) {
      logger.warn({ statement: name, durationMs: Math.round(durationMs) }, 'slow statement');
    }
  };
  const timed = <T>(work: () => T): T => {
    const startedMs = performance.now();
    try {
      return work();
    } finally {
      report(performance.now() - startedMs);
    }
  };
  return {
    name,
    sql: prepared.source,
    run: (params) => ({ changes: timed(() => prepared.run(...bound(params))).changes }),
    get: (params) => timed(() => prepared.get(...bound(params))),
    all: (params) => timed(() => prepared.all(...bound(params))),
    *iterate(params) {
      // Only the time inside SQLite counts, not what the reader does between rows.
      let insideMs = 0;
      let startedMs = performance.now();
      try {
        for (const row of prepared.iterate(...bound(params))) {
          insideMs += performance.now() - startedMs;
          yield row;
          startedMs = performance.now();
        }
      } finally {
        report(insideMs);
      }
    },
  };
}
