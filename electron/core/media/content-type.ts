import { extname } from 'node:path';

const contentTypes: Record<string, string> = {
  '.mkv': 'video/x-matroska',
  '.mp4': 'video/mp4',
  '.dv': 'video/x-dv',
  '.mov': 'video/quicktime',
  '.json': 'application/json',
  '.framemd5': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.log': 'text/plain; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.arrows': 'application/vnd.apache.arrow.stream',
};

/** By the ending of a registered file's name; bytes where the ending says nothing. Never HTML: it would run as ours. */
export function contentTypeOf(name: string): string {
  return contentTypes[extname(name).toLowerCase()] ?? 'application/octet-stream';
}
