import type { Database } from '#core/db/database.ts';
import { statement } from '#core/db/statement.ts';

/**
 * Passes and self-tests whose signal went through a device, by its serial number or its name: as a whole word of the chain that was
 * stated, or of the source's id.
 */
export function createDeviceSearch(db: Database): (device: string) => string[] {
  const chains = statement<{ device: string }, { id: string; chain: string }>(
    db,
    'deviceSearch.chains',
    `SELECT id, chain FROM (
       SELECT pass_id AS id, chain_name || ' ' || source_id AS chain FROM pass
       UNION ALL SELECT certificate_id, chain_name || ' ' || source_id FROM certificate)
     WHERE instr(lower(chain), lower(@device)) > 0`,
  );
  return (device) => {
    const wholeWord = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(device)}(?![\\p{L}\\p{N}])`, 'iu');
    return chains.all({ device }).flatMap(({ id, chain }) => (wholeWord.test(chain) ? [id] : []));
  };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
