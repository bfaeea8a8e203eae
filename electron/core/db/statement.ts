/** What a store needs of a prepared statement. `Params` is an object of named values, a tuple, or void. */
export interface Statement<Params = void, Row = never> {
  readonly name: string;
  readonly sql: string;
  run(params: Params): { changes: number };
  get(params: Params): Row | undefined;
  all(params: Params): Row[];
  /** Streams rows. No other statement may write on this database until the iteration has ended. */
  iterate(params: Params): IterableIterator<Row>;
}

/** Where statements come from: a `Database`, or a stand-in for one. */
export interface StatementSource {
  prepare(name: string, sql: string): Statement<unknown, unknown>;
}

/**
 * Prepares `sql` now and registers it under `name` (`area.verb`), so that a mistake in it shows when the store is
 * created, not when the tape plays. Asking again for the same name and text gives the same statement; the same name
 * with another text throws.
 */
export function statement<Params = void, Row = never>(
  db: StatementSource,
  name: string,
  sql: string,
): Statement<Params, Row> {
  return db.prepare(name, sql) as Statement<Params, Row>;
}
