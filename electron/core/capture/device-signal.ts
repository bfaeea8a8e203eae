import type { DeviceReport } from '#core/devices/device.ts';

/** What a card has said of itself so far in the recorder's log. */
export interface DeviceSignal {
  /** `unknown` as long as the card has not spoken of it. */
  signal: 'present' | 'lost' | 'unknown';
  /** Packets, of picture or of sound, that the card threw away because its queue was full. */
  overruns: number;
}

/**
 * DeckLink cards report a lost signal at frame 1 and its return at frame 14 of captures without any fault (vrecord issues 474
 * and 924). A loss from in there counts once the recording has gone on beyond these frames and the signal is still away.
 */
const startupFrames = 14;

/** Follows a card's reports. Pure; an engine that takes a recorder back reads its log from the beginning. */
export function createDeviceSignal(): {
  /** @param frames recorded so far. */
  add(reports: readonly DeviceReport[], frames: number): DeviceSignal;
} {
  let lostAtFrame: number | undefined;
  let hasSpoken = false;
  let overruns = 0;

  function take(report: DeviceReport): void {
    if (report.kind === 'queue-overrun') overruns += 1;
    if (report.kind !== 'signal-lost' && report.kind !== 'signal-returned') return;
    hasSpoken = true;
    if (report.kind === 'signal-returned') lostAtFrame = undefined;
    else lostAtFrame ??= report.frame ?? Number.POSITIVE_INFINITY;
  }

  return {
    add(reports, frames) {
      for (const report of reports) take(report);
      const isLost = lostAtFrame !== undefined && (lostAtFrame > startupFrames || frames > startupFrames);
      return { signal: isLost ? 'lost' : hasSpoken ? 'present' : 'unknown', overruns };
    },
  };
}
