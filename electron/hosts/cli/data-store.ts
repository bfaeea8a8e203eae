import { existsSync } from 'node:fs';
import { dataFolder } from '#core/config.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Output } from './output.ts';

function hasStore(dataDir: string): boolean {
  return existsSync(dataFolder(dataDir).databasePath);
}

/** @throws HelicalError INVALID_INPUT where a data folder was never begun: one that was mistyped would look like an empty register. */
export function requireStore(dataDir: string): void {
  if (hasStore(dataDir)) return;
  throw new HelicalError('INVALID_INPUT', {
    problem: `There is no data of Helical in ${dataDir}.`,
    safe: 'Nothing was made there.',
    remedy:
      'Check the path that --data or HELICAL_DATA names. A new data folder is begun by helical tapes register, tapes import, demo or serve.',
  });
}

/** Says it where what follows begins a data folder. */
export function noteNewStore(dataDir: string, output: Pick<Output, 'note'>): void {
  if (!hasStore(dataDir)) output.note(`A new data folder is begun: ${dataDir}`);
}
