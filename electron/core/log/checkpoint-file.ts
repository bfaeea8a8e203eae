import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from './chain.ts';
import type { Checkpoint } from './checkpoint.ts';

export interface CheckpointFile {
  path: string;
  checkpoints: Checkpoint[];
  /** Lines that are no checkpoint: torn by a power cut, or damaged. */
  unreadableLines: number;
}

/** Reads `checkpoints.jsonl` of a folder; an absent file holds nothing. */
export function readCheckpointFile(folder: string): CheckpointFile {
  const path = join(folder, 'checkpoints.jsonl');
  const file: CheckpointFile = { path, checkpoints: [], unreadableLines: 0 };
  if (!existsSync(path)) return file;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line === '') continue;
    const checkpoint = parseCheckpoint(line);
    if (checkpoint === undefined) file.unreadableLines += 1;
    else file.checkpoints.push(checkpoint);
  }
  return file;
}

/** Adds those of `checkpoints` that the folder's file does not hold yet, and waits until they are on the disk. */
export function addToCheckpointFile(folder: string, checkpoints: readonly Checkpoint[]): void {
  const file = readCheckpointFile(folder);
  const known = new Set(file.checkpoints.map((checkpoint) => checkpoint.signature));
  const lines = checkpoints.filter(({ signature }) => !known.has(signature)).map(canonicalJson);
  if (lines.length === 0) return;
  const descriptor = openSync(file.path, 'a');
  try {
    // The first line break ends a line that a power cut may have torn; empty lines are skipped when reading.
    writeSync(descriptor, `${isTorn(file.path) ? '\n' : ''}${lines.join('\n')}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function isTorn(path: string): boolean {
  const text = readFileSync(path, 'utf8');
  return text !== '' && !text.endsWith('\n');
}

/** A line as a checkpoint, or undefined. Also what a package reads. */
export function parseCheckpoint(line: string): Checkpoint | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Not JSON: the caller counts it.
    return undefined;
  }
  return isCheckpoint(value) ? value : undefined;
}

function isCheckpoint(value: unknown): value is Checkpoint {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Partial<Record<string, unknown>> & { seq?: unknown };
  const texts = ['databaseId', 'stationId', 'hash', 'reason', 'signedAt', 'keyId', 'signature'];
  return Number.isSafeInteger(fields.seq) && texts.every((name) => typeof fields[name] === 'string');
}
