import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Role } from '#shared/domain/roles.ts';

/**
 * Who may come in. A link carries a token that opens one session; the session is known by a cookie. Both are 256 random
 * bits, kept as digests, and end with the engine.
 */
export function createSessions() {
  const links = new Map<string, Role>();
  const sessions = new Map<string, Role>();
  return {
    /** A token that opens one session with this role. */
    newToken(role: Role): string {
      const token = newSecret();
      links.set(digest(token), role);
      return token;
    },
    /** Uses the token up. Undefined when it opens nothing, or opened something before. */
    open(token: string): string | undefined {
      const key = digest(token);
      const role = links.get(key);
      if (role === undefined) return undefined;
      links.delete(key);
      const session = newSecret();
      sessions.set(digest(session), role);
      return session;
    },
    roleOf: (session: string): Role | undefined => sessions.get(digest(session)),
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
