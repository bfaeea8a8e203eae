import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpBindings } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { setCookie } from 'hono/cookie';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Core } from '#core/core.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { contentSecurityPolicy } from '../content-security-policy.ts';
import type { Admission, Caller } from './admission.ts';
import type { Admitted, Sessions } from './sessions.ts';

export interface SiteOptions {
  core: Pick<Core, 'fetch' | 'person'>;
  admission: Admission;
  sessions: Sessions;
  isSecure: boolean;
  /** The built pages; undefined where no browser is served. */
  rendererDir: string | undefined;
  /** A fresh address with its one-time token. */
  newLink: (admitted: Admitted) => string;
  /** What a link is for where nobody is named. */
  admitted: Admitted;
  logger: Logger;
}

const tokenSchema = z.object({ token: z.string().max(200) });

/** Everything over HTTP: the pages, the session, the bytes. No CORS header is ever sent: only our own pages may read. */
export function createSite(options: SiteOptions): Hono<{ Bindings: HttpBindings }> {
  const { core, admission, sessions, logger } = options;
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.onError((err, c) => {
    logger.error({ err, path: c.req.path }, 'bug');
    return c.text('Something went wrong inside Helical.', 500);
  });

  app.use(async (c, next) => {
    const caller = callerOf(c);
    if (!admission.isOurHost(caller) || !admission.isOurOrigin(caller)) {
      logger.warn({ host: caller.host, origin: caller.origin, path: c.req.path }, 'foreign request refused');
      return c.text('Forbidden', 403);
    }
    await next();
    c.header('content-security-policy', contentSecurityPolicy);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'no-referrer');
    c.header('cross-origin-opener-policy', 'same-origin');
    c.header('cross-origin-resource-policy', 'same-origin');
    return undefined;
  });

  app.get('/session', (c) => {
    const role = admission.admit(callerOf(c))?.role;
    return role === undefined ? c.json({ role: null }, 401) : c.json({ role });
  });

  app.post('/session', bodyLimit({ maxSize: 4096 }), async (c) => {
    const offered = tokenSchema.safeParse(await c.req.json().catch(() => undefined));
    const session = offered.success ? sessions.open(offered.data.token) : undefined;
    if (session === undefined) return c.json({ role: null }, 401);
    setCookie(c, admission.cookieName, session, {
      httpOnly: true,
      sameSite: 'Strict',
      secure: options.isSecure,
      path: '/',
    });
    return c.json({ role: sessions.admittedAs(session)?.role });
  });

  // A link for another window, asked for by this user's own programs.
  app.post('/links', (c) => {
    if (admission.admit(callerOf(c))?.role !== 'local') return c.text('Unauthorized', 401);
    if (options.rendererDir === undefined) return c.notFound();
    const person = c.req.query('as');
    if (person === undefined) return c.json({ url: options.newLink(options.admitted) });
    try {
      const { id, role } = options.core.person(person);
      return c.json({ url: options.newLink({ role, personId: id }) });
    } catch (error) {
      if (!(error instanceof HelicalError)) throw error;
      const { code, problem, safe, remedy } = error;
      return c.json({ code, problem, safe, remedy }, 404);
    }
  });

  app.all('/media/*', async (c) => {
    if (admission.admit(callerOf(c)) === undefined) return c.text('Unauthorized', 401);
    return core.fetch(c.req.raw, (then) => c.env.outgoing.once('close', then));
  });

  const { rendererDir } = options;
  if (rendererDir !== undefined && existsSync(join(rendererDir, 'index.html'))) {
    // The pages hold nothing secret: they are needed to bring the token in.
    app.use(serveStatic({ root: rendererDir }));
    const page = serveStatic({ root: rendererDir, path: 'index.html' });
    app.get('*', (c, next) => (c.req.path.split('/').at(-1)?.includes('.') ? next() : page(c, next)));
  } else if (rendererDir !== undefined) {
    app.get('/', (c) =>
      c.text(
        'The pages of the workstation are not built yet: run "npm run build", then start "helical serve" again.',
        503,
      ),
    );
  }
  return app;
}

function callerOf(c: Context): Caller {
  return {
    host: c.req.header('host'),
    origin: c.req.header('origin'),
    cookie: c.req.header('cookie'),
    authorization: c.req.header('authorization'),
  };
}
