import { join } from 'node:path';
import { protocol } from 'electron';
import { pageFile } from '#hosts/page-files.ts';

/** Origin of the app's own pages: the only one that is served, navigated to and given a port. */
export const appOrigin = 'app://helical';

const rendererDir = join(import.meta.dirname, '..', 'renderer');

/** Has to be called before the app is ready. */
export function registerAppScheme(): void {
  const privileges = {
    standard: true,
    secure: true,
    supportFetchAPI: true,
    stream: true,
    corsEnabled: true,
  };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** Serves the built pages, and bytes of the engine under /media/. */
export function serveApp(media: (request: Request) => Promise<Response>): void {
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    if (`app://${host}` !== appOrigin) return new Response(null, { status: 404 });
    if (pathname.startsWith('/media/')) return media(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
    return pageFile(rendererDir, pathname);
  });
}
