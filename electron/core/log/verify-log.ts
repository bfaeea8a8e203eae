import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '#core/db/database.ts';
import type { Logger } from '#core/db/logger.ts';
import { openSnapshot } from '#core/db/second-database.ts';
import type { ChainRow } from './chain.ts';
import { type Checkpoint, isPublicKey } from './checkpoint.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import type { CheckpointStore } from './checkpoints.ts';
import type { LinksOf } from './links.ts';
import { logRows } from './log-rows.ts';
import { type KeyAdded, type LogOpened, ownTypes } from './own-events.ts';
import { type Replica, replay, type TableVerdict } from './replica.ts';
import { type ChainBreak, type ChainHead, verifyChainRows } from './verify-chain.ts';
import { whyCheckpointFails } from './verify-checkpoints.ts';

export interface LogVerification {
  ok: boolean;
  /** Events whose place in the chain was recomputed. */
  events: number;
  head: ChainHead;
  /** Different checkpoints that hold. */
  checkpoints: number;
  /** The tables made from the log, held against the log; absent where the chain is broken before them. */
  tables?: TableVerdict;
  firstBroken?: ChainBreak;
  /** What is no fault and has to be known all the same, as sentences: what no signature covers, a key that changed. */
  notes: string[];
}

interface Options {
  db: Database;
  store: CheckpointStore;
  databaseId: string;
  linksOf: LinksOf;
  /** Gives where the events are played again; absent: the tables are not judged. */
  openReplica: (() => Promise<Replica>) | undefined;
  logger: Logger;
}

/** Events that are read, hashed and played again before others get their turn: some 50 ms of work. */
const pageSize = 250;

/**
 * Recomputes the whole chain as it stood when called, in pages (recording goes on meanwhile), and holds it against
 * every checkpoint in the table and in the files outside the database. Plays the events again in the replica, and holds
 * every table that is made from the log against what comes out.
 */
export async function verifyLog(options: Options): Promise<LogVerification> {
  const { db, store, openReplica } = options;
  // Events and checkpoints of one moment: nothing may be awaited in between.
  using taken = new DisposableStack();
  const snapshot = taken.adopt(openSnapshot(db.path), (opened) => opened.close());
  const signed = { inTable: store.all(), files: store.outside() };
  const replica = await openReplica?.();
  if (replica) taken.defer(() => replica.db.close());
  return await verifySnapshot(snapshot, signed, replica, options);
}

async function verifySnapshot(
  snapshot: Database,
  { inTable, files }: { inTable: Checkpoint[]; files: CheckpointFile[] },
  replica: Replica | undefined,
  { databaseId, linksOf, logger }: Options,
): Promise<LogVerification> {
  const rows = logRows(snapshot);
  const replayed = replica && replay(replica, linksOf);
  let unplayable: ChainBreak | undefined;
  const signedSeqs = new Set(
    [...inTable, ...files.flatMap((file) => file.checkpoints)].map(({ seq }) => seq),
  );
  const hashes = new Map<number, string>();
  const publicKeys = new Map<string, string>();
  const notes: string[] = [];
  const breaks: ChainBreak[] = [];
  let head: ChainHead = verifyChainRows([]).head;
  let events = 0;

  for (const page of rows.pages(rows.last()?.seq ?? 0, pageSize)) {
    const verdict = verifyChainRows(page, { after: head });
    for (const row of page.slice(0, verdict.events)) {
      if (signedSeqs.has(row.seq)) hashes.set(row.seq, row.hash);
      noteKey(row, publicKeys);
      if (row.type === ownTypes.keyAdded) notes.push(keyChanged(row));
    }
    if (head.seq === 0 && verdict.events > 0) breaks.push(...whyNotBound(page[0], databaseId));
    head = verdict.head;
    events += verdict.events;
    if (verdict.firstBroken !== undefined) {
      breaks.push(verdict.firstBroken);
      break;
    }
    unplayable ??= replayed?.apply(page);
    await nextTurn();
  }
  if (events === 0 && breaks.length === 0) breaks.push({ seq: 1, reason: 'The log holds no event.' });

  const chainIsWhole = breaks.length === 0;
  const evidence = { head, hashAt: (seq: number) => hashes.get(seq), publicKeys };
  const recorded = new Set(inTable.map(({ signature }) => signature));
  const holding = new Set<string>();
  let coveredSeq = 0;
  const judge = (checkpoint: Checkpoint): void => {
    // Behind a break the events are not looked at, so a checkpoint there says nothing more.
    if (!chainIsWhole && checkpoint.seq > head.seq) return;
    const failure = whyCheckpointFails(checkpoint, evidence);
    if (failure === undefined) {
      holding.add(checkpoint.signature);
      coveredSeq = Math.max(coveredSeq, checkpoint.seq);
    } else breaks.push(failure);
  };
  inTable.forEach(judge);
  for (const [index, file] of files.entries()) {
    if (!existsSync(dirname(file.path))) {
      notes.push(`${placeOf(index)} is not there: its checkpoints were not compared.`);
    }
    if (file.unreadableLines > 0) {
      logger.warn({ path: file.path, lines: file.unreadableLines }, 'checkpoint lines that cannot be read');
    }
    for (const checkpoint of file.checkpoints) {
      // A second disk may serve several databases; the data folder (the first) serves this one alone.
      if (index > 0 && checkpoint.databaseId !== databaseId) continue;
      judge(checkpoint);
      if (recorded.has(checkpoint.signature) || !holding.has(checkpoint.signature)) continue;
      const reason = `The checkpoint of ${checkpoint.signedAt} is in ${placeOf(index).toLowerCase()} but not in the database any more.`;
      breaks.push({ seq: checkpoint.seq, reason });
    }
  }
  // What was signed and what is linked tells where it began; tables only follow.
  breaks.sort((a, b) => a.seq - b.seq);
  const tables = chainIsWhole && replayed ? await judgeTables() : undefined;
  async function judgeTables(): Promise<TableVerdict | undefined> {
    if (unplayable !== undefined) {
      breaks.push(unplayable);
      return undefined;
    }
    const verdict = await replayed?.compare(snapshot);
    if (verdict === undefined) return undefined;
    breaks.push(...verdict.breaks);
    return { ok: verdict.ok, differing: verdict.differing };
  }
  const firstBroken = breaks[0];
  notes.push(...uncovered(coveredSeq, head));
  const counts = { events, head, checkpoints: holding.size, notes, ...(tables && { tables }) };
  return firstBroken === undefined ? { ok: true, ...counts } : { ok: false, ...counts, firstBroken };
}

/** A folder of checkpoints in words: reviewers read this too, and no screen names a path. */
function placeOf(index: number): string {
  return index === 0 ? 'The data folder' : `The checkpoint folder ${index} on another disk`;
}

function uncovered(coveredSeq: number, head: ChainHead): string[] {
  if (coveredSeq === 0) {
    return [
      'Nothing signed covers this log yet: that it was written anew as a whole could not be seen. A checkpoint is signed when a pass ends.',
    ];
  }
  if (coveredSeq >= head.seq) return [];
  return [
    `Events ${coveredSeq + 1} to ${head.seq} came after the last checkpoint: no signature covers them yet.`,
  ];
}

function keyChanged({ seq, recordedAt, payload }: ChainRow): string {
  const { keyId } = JSON.parse(payload) as Partial<KeyAdded>;
  return `The station's key changed at event ${seq} (${recordedAt}) to ${keyId}: station-key.pem was not there or another one. If nobody of the house replaced it, trust only checkpoints signed before.`;
}

function noteKey(row: ChainRow, publicKeys: Map<string, string>): void {
  if (row.type !== ownTypes.opened && row.type !== ownTypes.keyAdded) return;
  const { keyId, publicKeyPem } = JSON.parse(row.payload) as Partial<KeyAdded>;
  if (keyId !== undefined && publicKeyPem !== undefined && isPublicKey(publicKeyPem, keyId)) {
    publicKeys.set(keyId, publicKeyPem);
  }
}

function whyNotBound(first: ChainRow | undefined, databaseId: string): ChainBreak[] {
  if (first?.type === ownTypes.opened && first.seq === 1) {
    const { databaseId: bound } = JSON.parse(first.payload) as LogOpened;
    if (bound === databaseId) return [];
  }
  return [{ seq: 1, reason: 'Event 1 does not bind this log to its database.' }];
}
