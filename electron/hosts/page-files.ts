import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** Kinds of files that a build of the pages holds; no other kind is given out. */
const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Answers with a file of the built pages, for the app's own scheme. `rendererDir` is absolute. */
export async function pageFile(rendererDir: string, pathname: string): Promise<Response> {
  const path = pathInside(rendererDir, pathname === '/' ? '/index.html' : pathname);
  const contentType = path && contentTypes[extname(path)];
  if (!contentType) return new Response(null, { status: 404 });
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return undefined;
    throw error;
  });
  if (!bytes) return new Response(null, { status: 404 });
  const headers = {
    'content-type': contentType,
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  return new Response(new Uint8Array(bytes), { headers });
}

/** The file that an address names; undefined where that lies outside the folder, by whatever spelling. */
function pathInside(folder: string, pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    // Not an address that any of our pages makes.
    return undefined;
  }
  const path = resolve(folder, `.${decoded}`);
  return path.startsWith(folder + sep) && !decoded.includes('\0') ? path : undefined;
}
