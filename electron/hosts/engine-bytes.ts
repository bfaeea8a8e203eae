import type { MediaAddress } from './service-messages.ts';

/** What a reader of bytes may ask; everything else about it stays where it is. */
const forwardedHeaders = ['range', 'if-range', 'if-none-match', 'accept'];

/**
 * Asks an engine's process for bytes on behalf of a page of the app. Range is passed on by hand: Electron's `net.fetch`
 * drops it, and scrubbing dies (electron/electron#51442).
 */
export async function engineBytes({ port, token }: MediaAddress, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers({ authorization: `Bearer ${token}` });
  for (const name of forwardedHeaders) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const { method, signal } = request;
  const source = `http://127.0.0.1:${port}${pathname}${search}`;
  const answer = await fetch(source, { method, headers, signal, redirect: 'error' });
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}
