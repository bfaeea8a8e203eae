import { ORPCError } from '@orpc/client';
import { helicalErrorData } from '#shared/contract/base.ts';
import type { ErrorCode, ErrorSentence } from '#shared/domain/errors.ts';

/** What a screen says of an error: the engine's own sentence, or null for a failure that is a bug. */
export function sentenceOf(error: unknown): (ErrorSentence & { code: ErrorCode }) | null {
  if (!(error instanceof ORPCError)) return null;
  const said = helicalErrorData.safeParse(error.data);
  return said.success ? said.data : null;
}

/** The masked id or the text of a failure that is a bug, to be quoted in a report. */
export function bugText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True where no answer came because the link broke: while it does not stand, or where what carries it says so. */
export function isOfLink(error: unknown, isLinked: boolean): boolean {
  return !isFromEngine(error) && (!isLinked || /WebSocket|MessagePort|peer was closed/i.test(bugText(error)));
}

/** True for what the engine itself answered; false for a link that broke or for a fault of this page. */
export function isFromEngine(error: unknown): boolean {
  return error instanceof ORPCError;
}
