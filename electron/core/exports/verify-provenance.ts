import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainRow } from '#core/log/chain.ts';
import { verifyCheckpoint } from '#core/log/checkpoint.ts';
import { parseCheckpoint } from '#core/log/checkpoint-file.ts';
import { verifyChainRows } from '#core/log/verify-chain.ts';
import type { BagProblem } from './bag-verifier.ts';
import { logFacts } from './log-facts.ts';
import { readSelfDescription } from './self-description.ts';
import { verifyLogPayload } from './verify-log-payload.ts';

/**
 * Verifies the log that travels in a package: every event's hash from its own content, the signature of the station
 * under the head of the log, and that the files here are those which the log registered. A bag without a log of ours (another institution's) has nothing to verify here.
 */
export async function verifyProvenance(bagPath: string): Promise<BagProblem[]> {
  const folder = join(bagPath, 'data', 'provenance');
  const [rows, checkpointText, key] = await Promise.all(
    ['log.jsonl', 'log-checkpoint.json', 'station-key.pem'].map((name) =>
      readFile(join(folder, name), 'utf8').catch(() => undefined),
    ),
  );
  if (rows === undefined && checkpointText === undefined && key === undefined) return [];
  const problem = (rule: string, message: string, name: string) => [
    { rule, message, path: join(folder, name) },
  ];
  if (rows === undefined || checkpointText === undefined || key === undefined) {
    return problem(
      'log-incomplete',
      'The log, its checkpoint and the key belong together; one is not there.',
      '',
    );
  }
  try {
    const chained = rows
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as ChainRow);
    const chain = verifyChainRows(chained, { selection: true });
    if (chain.firstBroken) return problem('log-event', chain.firstBroken.reason, 'log.jsonl');
    const checkpoint = parseCheckpoint(JSON.stringify(JSON.parse(checkpointText)));
    if (!checkpoint)
      return problem('log-checkpoint', 'The checkpoint cannot be read.', 'log-checkpoint.json');
    if (!verifyCheckpoint(checkpoint, key)) {
      return problem(
        'log-checkpoint',
        "The checkpoint does not bear the station's signature.",
        'log-checkpoint.json',
      );
    }
    if (
      chain.head.seq > checkpoint.seq ||
      (chain.head.seq === checkpoint.seq && chain.head.hash !== checkpoint.hash)
    ) {
      return problem('log-checkpoint', 'The log goes beyond the head that was signed for it.', 'log.jsonl');
    }
    return await verifyContents(bagPath, chained);
  } catch (error) {
    return problem(
      'log-unreadable',
      `The log of the package cannot be read: ${(error as Error).message}`,
      'log.jsonl',
    );
  }
}

async function verifyContents(bagPath: string, rows: readonly ChainRow[]): Promise<BagProblem[]> {
  const bag = await readSelfDescription(bagPath);
  if (typeof bag === 'string')
    return [{ rule: 'log-tape', message: bag, path: join(bagPath, 'data', 'provenance', 'tape.json') }];
  const events = rows.map(({ type, payload }) => ({ type, payload: JSON.parse(payload) as unknown }));
  return verifyLogPayload(bagPath, logFacts(events, bag.tape.id, bag.pass.id));
}
