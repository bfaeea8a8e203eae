import type { Logger } from '#core/db/logger.ts';
import type { Log } from './log.ts';
import { chainRowOf } from './log-rows.ts';
import { verifyChainRows } from './verify-chain.ts';
import type { LogVerification } from './verify-log.ts';

/** How far the log has been read back and found whole, for the line that every screen shows. */
export interface VerifiedHead {
  state(): { seq: number; verifiedSeq: number; ok: boolean };
  /** Recomputes everything, and holds it against every checkpoint. */
  verify(): Promise<LogVerification>;
  /** Ends the reading of new events. */
  [Symbol.dispose](): void;
}

/** New events are read back together, when no more have come for so long. */
const quietMs = 500;

/**
 * Keeps the verified head up to date: the whole log when `verify` is called, and after that what is appended, read back from
 * the disk's pages. A break stays a break until the whole log is found good again.
 */
export function createVerifiedHead(
  log: Pick<Log, 'head' | 'list' | 'verify' | 'onDidAppend'>,
  logger: Logger,
  onDidChange: () => void,
): VerifiedHead {
  let verified: { seq: number; hash: string } | undefined;
  let ok = true;
  let timer: NodeJS.Timeout | undefined;

  function verifyNew(): void {
    if (!verified || !ok) return;
    const rows = log.list({ fromSeq: verified.seq + 1, limit: Number.MAX_SAFE_INTEGER }).map(chainRowOf);
    const { head, firstBroken } = verifyChainRows(rows, { after: verified });
    verified = head;
    ok = firstBroken === undefined;
    if (firstBroken) logger.error({ firstBroken }, 'the log is broken');
    onDidChange();
  }

  const listening = log.onDidAppend(() => {
    onDidChange();
    clearTimeout(timer);
    timer = setTimeout(verifyNew, quietMs).unref();
  });

  return {
    state: () => ({ seq: log.head().seq, verifiedSeq: verified?.seq ?? 0, ok }),
    async verify() {
      const verdict = await log.verify();
      verified = verdict.head;
      ok = verdict.ok;
      verifyNew();
      onDidChange();
      return verdict;
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      listening[Symbol.dispose]();
    },
  };
}
