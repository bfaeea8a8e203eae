import { parse } from 'hono/utils/cookie';
import { type Admitted, isSecret, type Sessions } from './sessions.ts';

/** The part of a request that decides who it is; the same for HTTP and for the WebSocket's upgrade. */
export interface Caller {
  host: string | undefined;
  origin: string | undefined;
  cookie: string | undefined;
  authorization: string | undefined;
}

export interface AdmissionOptions {
  scheme: 'http' | 'https';
  /** Names under which this server is reached, with the port: `127.0.0.1:5173`. */
  hosts: ReadonlySet<string>;
  cookieName: string;
  sessions: Sessions;
  /** Opens the role `local`; undefined where only browsers may come. */
  bearerToken: string | undefined;
}

/**
 * Checks that guard a server on this machine against pages of other sites: a foreign Host is DNS rebinding, a foreign
 * Origin is somebody else's page.
 */
export function createAdmission(options: AdmissionOptions) {
  const { scheme, hosts, cookieName, sessions, bearerToken } = options;
  return {
    cookieName,
    isOurHost: ({ host }: Caller): boolean => host !== undefined && hosts.has(host.toLowerCase()),
    /** True without an Origin: browsers send one wherever it matters. */
    isOurOrigin: ({ origin }: Caller): boolean => {
      if (origin === undefined) return true;
      const prefix = `${scheme}://`;
      return origin.startsWith(prefix) && hosts.has(origin.slice(prefix.length).toLowerCase());
    },
    /** Undefined: nobody we know. */
    admit({ origin, cookie, authorization }: Caller): Admitted | undefined {
      if (authorization !== undefined) {
        // Programs of this user, which are no page and so have no Origin.
        const [kind, token] = authorization.split(' ');
        const isLocal = kind === 'Bearer' && token !== undefined && bearerToken !== undefined;
        return isLocal && origin === undefined && isSecret(token, bearerToken)
          ? { role: 'local' }
          : undefined;
      }
      const session = cookie === undefined ? undefined : parse(cookie, cookieName)[cookieName];
      return session === undefined ? undefined : sessions.admittedAs(session);
    },
  };
}
export type Admission = ReturnType<typeof createAdmission>;
