import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Role } from '#shared/domain/roles.ts';

/** What a session is let in as. Without a person: the one whose account runs the engine. */
export interface Admitted {
  role: Role;
  personId?: string | undefined;
}

/**
 * Who may come in. A link carries a token that opens one session; the session is known by a cookie. Both are 256 random
 * bits, kept as digests, and end with the engine.
 */
export function createSessions() {
  const links = new Map<string, Admitted>();
  const sessions = new Map<string, Admitted>();
  return {
    /** A token that opens one session with this role, for this person. */
    newToken(admitted: Admitted): string {
      const token = newSecret();
      links.set(digest(token), admitted);
      return token;
    },
    /** Uses the token up. Undefined when it opens nothing, or opened something before. */
    open(token: string): string | undefined {
      const key = digest(token);
      const admitted = links.get(key);
      if (admitted === undefined) return undefined;
      links.delete(key);
      const session = newSecret();
      // An object of its own: who sits before this session's windows is kept with it.
      sessions.set(digest(session), { ...admitted });
      return session;
    },
    admittedAs: (session: string): Admitted | undefined => sessions.get(digest(session)),
  };
}
export type Sessions = ReturnType<typeof createSessions>;

export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares in a time that does not tell how much is right. */
export function isSecret(offered: string, secret: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(offered).digest(),
    createHash('sha256').update(secret).digest(),
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
