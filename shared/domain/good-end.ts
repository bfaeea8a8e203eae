import type { EndReason } from './pass.ts';

/** Whether a recording ended as somebody wanted it to: on a word, on a condition that was set, or with its source. */
export function isGoodEnd(reason: EndReason | null): boolean {
  return (
    reason !== null &&
    ['operator', 'duration', 'source-ended', 'timecode', 'signal-lost', 'tape-end'].includes(reason)
  );
}
