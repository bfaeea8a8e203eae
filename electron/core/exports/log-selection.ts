import { createHash } from 'node:crypto';
import type { Checkpoint } from '#core/log/checkpoint.ts';
import { verifyStatement } from '#core/log/signed-text.ts';

/**
 * A package carries the events of one tape, not the whole chain: gaps are allowed, so a row that was taken out leaves no
 * trace in the chain itself. That is why the station signs which rows went in: their count, and a SHA-256 over their
 * hashes, for this package, pass and head of the log.
 */
function statement(
  hashes: readonly string[],
  passId: string,
  packageId: string,
  checkpoint: Checkpoint,
): { events: string; selection: string; text: string } {
  const events = String(hashes.length);
  const selection = createHash('sha256').update(hashes.join('\n')).digest('hex');
  const { databaseId, stationId, seq, hash } = checkpoint;
  const fields = ['log selection', databaseId, stationId, seq, hash, packageId, passId, events, selection];
  return { events, selection, text: fields.map((field) => `${field}\n`).join('') };
}

/** The lines of bag-info.txt that state which events of the log were packaged, signed by the station. */
export function selectionTags(
  rows: readonly { hash: string }[],
  passId: string,
  context: { packageId: string; checkpoint: Checkpoint; sign: (text: string) => string },
): [label: string, value: string][] {
  const hashes = rows.map((row) => row.hash);
  const stated = statement(hashes, passId, context.packageId, context.checkpoint);
  return [
    ['Log-Events', stated.events],
    ['Log-Selection', stated.selection],
    ['Log-Signature', context.sign(stated.text)],
  ];
}

/** Whether the rows are those that the station signed for this package; a sentence where they are not. */
export function whySelectionDiffers(
  rows: readonly { hash: string }[],
  ids: { passId: string; packageId: string },
  tags: ReadonlyMap<string, string>,
  checkpoint: Checkpoint,
  publicKeyPem: string,
): string | undefined {
  const hashes = rows.map((row) => row.hash);
  const stated = statement(hashes, ids.passId, ids.packageId, checkpoint);
  if (tags.get('Log-Events') !== stated.events)
    return `The log holds ${stated.events} events, bag-info.txt states ${tags.get('Log-Events') ?? 'no number'}.`;
  if (tags.get('Log-Selection') !== stated.selection)
    return 'The events of the log are not those that bag-info.txt states.';
  if (!verifyStatement(stated.text, tags.get('Log-Signature') ?? '', publicKeyPem))
    return "The selection of events does not bear the station's signature.";
  return undefined;
}
