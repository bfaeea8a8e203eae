import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { readFrameHashFile } from '#core/essence/frame-hashes.ts';
import { createTimecodeListReader, type ListedTimecode } from '#core/ffmpeg/timecode-list.ts';
import type { TimecodeSource } from '#shared/domain/pass.ts';
import { formatRational, type Rational, toNumber } from '#shared/domain/rational.ts';
import { createTimecodeJudge } from '#shared/domain/timecode-breaks.ts';

/** One offer of timecode for a recording: a list of it, or the first frame's alone. */
export interface OfferedTimecode {
  source: TimecodeSource;
  listPath?: string | undefined;
  first?: string | null | undefined;
}

const flushChars = 1 << 16;

/**
 * Writes every timecode that was offered for the frames of a master into one text file, beside the master and for people too:
 *
 *     # helical-timecode 1
 *     # pass: …            the pass's id
 *     # rate: 25/1         frames a second
 *     # frames: 1500       frames of the master
 *     # columns: frame pts source timecode, with a tab between
 *     0	0	card	10:00:00:00
 *     # broken: card gap at frame 1: 10:00:00:00 -> 10:00:40:01
 *     1	1	card	10:00:40:01
 *
 * For readers it is told in docs/timecode-file.md. Frames are counted from 0, as in the master; `pts` is that of the frame in its list of hashes. A frame without a row had no
 * timecode. A timecode that a container has for its first frame alone has one row. Replaces what an earlier try has left.
 * @returns frames that have a timecode; 0 when none has, and then no file is written.
 */
export async function writeTimecodeFile(options: {
  path: string;
  passId: string;
  rate: Rational;
  frames: number;
  frameHashesPath: string;
  /** The one that counts first. */
  offered: readonly OfferedTimecode[];
}): Promise<number> {
  const { path, rate, frames } = options;
  const partialPath = `${path}.part`;
  const sources = options.offered.map((offer) => ({
    source: offer.source,
    next: rowsOf(offer),
    judge: createTimecodeJudge(rate),
    /** A first frame's word says nothing of the others. */
    isJudged: offer.listPath !== undefined,
    row: undefined as ListedTimecode | undefined,
  }));
  for (const one of sources) one.row = await one.next();
  let timed = 0;
  {
    await using file = await open(partialPath, 'w');
    let text = [
      '# helical-timecode 1',
      `# pass: ${options.passId}`,
      `# rate: ${formatRational(rate)}`,
      `# frames: ${frames}`,
      '# columns: frame pts source timecode\n',
    ].join('\n');
    let frame = 0;
    const hashes = readFrameHashFile(options.frameHashesPath);
    for await (const { stream, pts } of hashes.rows()) {
      if (stream !== 0) continue;
      if (frame === frames) break;
      const timeBase = hashes.header.streams[0]?.timeBase;
      const seconds = pts === undefined || !timeBase ? Number.NaN : pts * toNumber(timeBase);
      const tapeFrame = Number.isNaN(seconds) ? frame : Math.round(seconds * toNumber(rate));
      let isTimed = false;
      for (const one of sources) {
        while (one.row && one.row.frame < frame) one.row = await one.next();
        const timecode = one.row?.frame === frame ? one.row.timecode : null;
        for (const { kind, frame: at, before, after } of one.isJudged
          ? one.judge.add(frame, timecode, tapeFrame)
          : []) {
          text += `# broken: ${one.source} ${kind} at frame ${at}: ${before ?? '-'} -> ${after ?? '-'}\n`;
        }
        if (timecode === null) continue;
        text += `${frame}\t${pts ?? '-'}\t${one.source}\t${timecode}\n`;
        isTimed = true;
      }
      if (isTimed) timed += 1;
      frame += 1;
      if (text.length < flushChars) continue;
      await file.appendFile(text);
      text = '';
    }
    await file.appendFile(text);
    await file.sync();
  }
  if (timed > 0) await rename(partialPath, path);
  else await rm(partialPath);
  return timed;
}

/** Rows of one offer, one at a time; undefined after the last. A list that is not there holds none. */
function rowsOf({ listPath, first }: OfferedTimecode): () => Promise<ListedTimecode | undefined> {
  if (listPath === undefined) {
    const only = first ? [{ frame: 0, timecode: first, timeS: 0 }] : [];
    return async () => only.shift();
  }
  const rows = readRows(listPath);
  return async () => (await rows.next()).value ?? undefined;
}

async function* readRows(path: string): AsyncGenerator<ListedTimecode, undefined> {
  let come: ListedTimecode[] = [];
  const reader = createTimecodeListReader((listed) => come.push(listed));
  try {
    for await (const piece of createReadStream(path, 'latin1')) {
      reader.write(piece as string);
      yield* come;
      come = [];
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return undefined;
}
