import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parseRange } from './byte-range.ts';

export interface FileReply {
  contentType: string;
  /** SHA-256 of a registered file: it never changes, so that a copy may be kept. Undefined: always ask again. */
  sha256?: string | undefined;
}

/**
 * Answers GET and HEAD with a file, or the asked part of it. The file is opened once, so that what is sent is one file
 * even if another takes its name meanwhile. Undefined when there is no such file.
 */
export async function sendFile(
  request: Request,
  path: string,
  reply: FileReply,
): Promise<Response | undefined> {
  const etag = reply.sha256 === undefined ? undefined : `"${reply.sha256}"`;
  const headers = new Headers({ 'content-type': reply.contentType, 'accept-ranges': 'bytes' });
  headers.set('cache-control', etag === undefined ? 'no-store' : 'private, max-age=31536000, immutable');
  if (etag !== undefined) headers.set('etag', etag);

  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  let isSending = false;
  try {
    const { size } = await file.stat();
    if (etag !== undefined && matches(request.headers.get('if-none-match'), etag)) {
      return new Response(null, { status: 304, headers });
    }
    // If-Range: a part is only good where the rest is still of the same file.
    const condition = request.headers.get('if-range');
    const asked = condition === null || condition === etag ? request.headers.get('range') : null;
    const range = parseRange(asked, size);
    if (range === 'unsatisfiable') {
      headers.set('content-range', `bytes */${size}`);
      return new Response(null, { status: 416, headers });
    }
    const { start, end } = range === 'whole' ? { start: 0, end: size - 1 } : range;
    headers.set('content-length', String(end - start + 1));
    if (range !== 'whole') headers.set('content-range', `bytes ${start}-${end}/${size}`);
    const status = range === 'whole' ? 200 : 206;
    if (request.method === 'HEAD' || size === 0) return new Response(null, { status, headers });
    isSending = true;
    // The stream closes the file, also when the reader leaves early.
    const stream = file.createReadStream({ start, end, highWaterMark: 256 * 1024 });
    return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, { status, headers });
  } finally {
    if (!isSending) await file.close();
  }
}

function matches(header: string | null, etag: string): boolean {
  return (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
