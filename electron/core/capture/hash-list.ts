import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type FrameHashRow, parseFrameHashRow, readFrameHashFile } from '#core/essence/frame-hashes.ts';

/** What is in a hash list, by stream, without keeping the rows: a tape of ten hours has a million. */
export interface HashListSummary {
  /** Rows of each stream. */
  rows: number[];
  /** The last rows of each stream, at most `kept`, oldest first. */
  tails: FrameHashRow[][];
}

/** Counts the whole rows of a list. A last line that a crash has cut does not count. */
export async function summariseHashList(path: string, kept: number): Promise<HashListSummary> {
  const summary: HashListSummary = { rows: [], tails: [] };
  for await (const row of readFrameHashFile(path).rows()) {
    summary.rows[row.stream] = (summary.rows[row.stream] ?? 0) + 1;
    const tail = summary.tails[row.stream] ?? [];
    tail.push(row);
    if (tail.length > kept) tail.shift();
    summary.tails[row.stream] = tail;
  }
  return summary;
}

/** Writes the head and the first `rows` rows of each stream into a new list. FILE_EXISTS as the system says it. */
export async function copyHashListHead(path: string, newPath: string, rows: number): Promise<void> {
  const counts: number[] = [];
  await using target = await open(newPath, 'wx');
  try {
    let lines = '';
    for await (const line of createInterface({ input: createReadStream(path) })) {
      const row = parseFrameHashRow(line);
      if (row) {
        const count = (counts[row.stream] ?? 0) + 1;
        counts[row.stream] = count;
        if (count > rows) continue;
      } else if (!line.startsWith('#')) continue;
      lines += `${line}\n`;
      if (lines.length < 1 << 16) continue;
      await target.appendFile(lines);
      lines = '';
    }
    await target.appendFile(lines);
    await target.sync();
  } catch (error) {
    await rm(newPath, { force: true });
    throw error;
  }
}
