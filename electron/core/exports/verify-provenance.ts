import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainRow } from '#core/log/chain.ts';
import { type Checkpoint, verifyCheckpoint } from '#core/log/checkpoint.ts';
import { parseCheckpoint } from '#core/log/checkpoint-file.ts';
import { verifyChainRows } from '#core/log/verify-chain.ts';
import type { BagProblem } from './bag-verifier.ts';
import { differencesFromLog } from './log-differences.ts';
import { logFacts } from './log-facts.ts';
import { whySelectionDiffers } from './log-selection.ts';
import { isOurs, readSelfDescription, readTags } from './self-description.ts';
import { verifyLogPayload } from './verify-log-payload.ts';

/**
 * Verifies the log that travels in a package: every event's hash from its own content, the signature of the station
 * under the head of the log and under the selection of events, and that the files here are those which the log
 * registered. A bag of another institution has nothing to verify here.
 */
export async function verifyProvenance(bagPath: string): Promise<BagProblem[]> {
  const tags = await readTags(bagPath);
  if (!(await isOurs(bagPath, tags))) return [];
  const folder = join(bagPath, 'data', 'provenance');
  const problem = (rule: string, message: string, path: string): BagProblem => ({ rule, message, path });
  const problems = await missingTagManifests(bagPath);
  const names = ['log.jsonl', 'log-checkpoint.json', 'station-key.pem'] as const;
  const [rows, checkpointText, key] = await Promise.all(
    names.map((name) => readFile(join(folder, name), 'utf8').catch(() => undefined)),
  );
  if (rows === undefined || checkpointText === undefined || key === undefined) {
    const message = 'The log, its checkpoint and the key belong together; one is not there.';
    return [...problems, problem('log-incomplete', message, folder)];
  }
  const logPath = join(folder, 'log.jsonl');
  const checkpointPath = join(folder, 'log-checkpoint.json');
  try {
    const chained = rows
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as ChainRow);
    const chain = verifyChainRows(chained, { selection: true });
    if (chain.firstBroken) problems.push(problem('log-event', chain.firstBroken.reason, logPath));
    const checkpoint = parseCheckpoint(JSON.stringify(JSON.parse(checkpointText)));
    const unsigned = checkpoint ? whyUnsigned(checkpoint, key, tags) : 'The checkpoint cannot be read.';
    if (unsigned !== undefined || checkpoint === undefined)
      return [...problems, problem('log-checkpoint', unsigned ?? '', checkpointPath)];
    const { seq, hash } = chain.head;
    if (seq > checkpoint.seq || (seq === checkpoint.seq && hash !== checkpoint.hash)) {
      const message = 'The log goes beyond the head that was signed for it.';
      problems.push(problem('log-checkpoint', message, logPath));
    }
    const described = await readSelfDescription(bagPath);
    if (typeof described === 'string')
      return [...problems, problem('log-tape', described, join(folder, 'tape.json'))];
    const ids = { passId: described.pass.id, packageId: described.package.id };
    const other = whySelectionDiffers(chained, ids, tags, checkpoint, key);
    if (other !== undefined) problems.push(problem('log-selection', other, logPath));
    const events = chained.map((row) => ({ ...row, payload: JSON.parse(row.payload) as unknown }));
    const facts = logFacts(events, described.tape.id, described.pass.id);
    for (const difference of differencesFromLog(described, facts))
      problems.push(problem('log-tape', difference, join(folder, 'tape.json')));
    return [...problems, ...(await verifyLogPayload(bagPath, facts))];
  } catch (error) {
    const message = `The log of the package cannot be read: ${(error as Error).message}`;
    return [...problems, problem('log-unreadable', message, logPath)];
  }
}

/** Why the checkpoint is not the one that the station signed for this bag; undefined where it is. */
function whyUnsigned(
  checkpoint: Checkpoint,
  publicKeyPem: string,
  tags: ReadonlyMap<string, string>,
): string | undefined {
  if (!verifyCheckpoint(checkpoint, publicKeyPem))
    return "The checkpoint does not bear the station's signature.";
  const stated = [tags.get('Log-Seq'), tags.get('Log-Head'), tags.get('Log-Key')].join(' ');
  if (stated !== [checkpoint.seq, checkpoint.hash, checkpoint.keyId].join(' '))
    return 'bag-info.txt states another head of the log than the checkpoint.';
  return undefined;
}

async function missingTagManifests(bagPath: string): Promise<BagProblem[]> {
  const problems: BagProblem[] = [];
  for (const name of [
    'manifest-sha512.txt',
    'manifest-md5.txt',
    'tagmanifest-sha512.txt',
    'tagmanifest-md5.txt',
  ]) {
    const path = join(bagPath, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere)
      problems.push({ rule: 'bag-gutted', message: `${name} was taken away: our bags have it.`, path });
  }
  return problems;
}
