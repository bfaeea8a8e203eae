import { eventIterator } from '@orpc/contract';
import { liveMessageSchema } from '#shared/domain/live.ts';
import { reviewer } from './base.ts';

export const liveContract = {
  /** A snapshot, then deltas, at most ten a second. Ends when the caller leaves. */
  subscribe: reviewer.output(eventIterator(liveMessageSchema)),
};
