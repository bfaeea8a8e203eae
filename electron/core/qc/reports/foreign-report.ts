import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { type DvReport, parseDvReport } from '#core/essence/dv-report.ts';
import { createMatroskaScanner } from '#core/essence/matroska.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { createMediaconchVisitor, type MediaconchMedia } from './mediaconch-reader.ts';
import { createQctoolsVisitor, type QctoolsReport } from './qctools-reader.ts';
import { createXmlReader, XmlFault, type XmlVisitor } from './xml-reader.ts';

/** A report that another tool wrote. */
export type ForeignReport =
  | { tool: 'qctools'; isWhole: boolean; qctools: QctoolsReport }
  | { tool: 'mediaconch'; isWhole: true; media: MediaconchMedia[] }
  | { tool: 'dvrescue'; isWhole: true; dv: DvReport };

/** A dvrescue report names only what is wrong: hours of tape are some megabytes. */
const longestDvReport = 256 * 1024 * 1024;

/** True when a file may be a report: XML, gzip, or a Matroska file named as QCTools names its reports. */
export async function looksLikeReport(path: string): Promise<boolean> {
  // What cannot be opened is no report: whoever reads it as a media file says what is wrong with it.
  const head = await headOf(path).catch(() => Buffer.alloc(0));
  if (isGzip(head)) return true;
  if (isMatroska(head)) return /\.qctools\.mkv$/i.test(path);
  return /^(?:\ufeff)?\s*<(?:\?xml|!--|ffprobe|MediaConch|MediaArea|dvrescue)/i.test(head.toString('utf8'));
}

/**
 * Reads a report by what is in it: QCTools (`.qctools.xml.gz`, `.xml`, or attached to `.qctools.mkv`), MediaConch or dvrescue.
 * Streams: memory grows with the numbers kept, not with the text. A QCTools report that is cut is read to its last frame, and
 * says so. HelicalError FILE_UNREADABLE for everything else, naming what is wrong.
 */
export async function readForeignReport(path: string): Promise<ForeignReport> {
  const head = await headOf(path);
  if (isMatroska(head)) return readText(path, await attachedReport(path));
  return readText(path, bytesOf(path, isGzip(head)));
}

async function readText(path: string, bytes: AsyncIterable<Uint8Array>): Promise<ForeignReport> {
  const qctools = createQctoolsVisitor();
  const mediaconch = createMediaconchVisitor();
  let chosen: (XmlVisitor & object) | undefined;
  let isDv = false;
  const reader = createXmlReader({
    open(name, is) {
      if (!chosen && !isDv) {
        if (name === 'ffprobe:ffprobe' || name === 'ffprobe') chosen = qctools;
        else if (name === 'MediaConch' || name === 'MediaArea') chosen = mediaconch;
        else if (name === 'dvrescue') isDv = true;
        else throw new XmlFault(`<${name.slice(0, 60)}> is the report of no tool that is read`);
      }
      chosen?.open(name, is);
    },
    close: (name) => chosen?.close?.(name),
    comment: (text) => (chosen ?? qctools).comment?.(text),
  });
  const dvText: string[] = [];
  let dvCharacters = 0;
  const decoder = new TextDecoder('utf-8');
  try {
    for await (const chunk of bytes) {
      const text = decoder.decode(chunk, { stream: true });
      reader.write(text);
      if (chosen) continue;
      dvText.push(text);
      dvCharacters += text.length;
      if (dvCharacters > longestDvReport) throw new XmlFault('a report of dvrescue is never so long');
    }
    reader.end();
  } catch (cause) {
    const isCut = cause instanceof XmlFault || isZlibFault(cause);
    if (isCut && chosen === qctools && qctools.report.streams.size > 0) {
      return { tool: 'qctools', isWhole: false, qctools: qctools.report };
    }
    if (!isCut) throw unreadable(path, (cause as Error).message, cause);
    throw unreadable(path, `it is not a whole report (${(cause as Error).message})`, cause);
  }
  if (isDv) return { tool: 'dvrescue', isWhole: true, dv: parseDvReport(dvText.join(''), path) };
  if (chosen === mediaconch) return { tool: 'mediaconch', isWhole: true, media: mediaconch.media };
  return { tool: 'qctools', isWhole: true, qctools: qctools.report };
}

function bytesOf(
  path: string,
  isCompressed: boolean,
  range: { start?: number; end?: number } = {},
): AsyncIterable<Uint8Array> {
  const file = createReadStream(path, { ...range, highWaterMark: 1 << 18 });
  if (!isCompressed) return file;
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => file.destroy());
  return file.pipe(gunzip);
}

/** The report inside a `.qctools.mkv`, where it is an attachment behind the thumbnails. */
async function attachedReport(path: string): Promise<AsyncIterable<Uint8Array>> {
  const scanner = createMatroskaScanner();
  for await (const chunk of bytesOf(path, false)) scanner.write(chunk);
  const attached = scanner.end().attachments.find(({ name }) => /\.xml(\.gz)?$/i.test(name));
  if (!attached || attached.sizeBytes === 0) throw unreadable(path, 'no report is attached to it');
  const { offset, sizeBytes, name } = attached;
  return bytesOf(path, /\.gz$/i.test(name), { start: offset, end: offset + sizeBytes - 1 });
}

async function headOf(path: string): Promise<Buffer> {
  try {
    // Opening a pipe waits for whoever writes into it, perhaps for ever.
    if (!(await stat(path)).isFile()) throw new Error('it is no file');
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadable(path, (cause as Error).message, cause);
  }
}

const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;
const isMatroska = (head: Buffer): boolean => head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3;
const isZlibFault = (error: unknown): boolean =>
  error instanceof Error && /^Z_|ERR_ZLIB/.test(String((error as NodeJS.ErrnoException).code ?? ''));

function unreadable(path: string, why: string, cause?: unknown): HelicalError {
  return new HelicalError(
    'FILE_UNREADABLE',
    {
      problem: `${path} cannot be read as a report of QCTools, MediaConch or dvrescue: ${why}.`,
      safe: 'The file was not changed.',
      remedy: 'Make the report again with the tool that wrote it.',
    },
    { cause },
  );
}
