import type { AlarmKind } from '#shared/domain/pass.ts';
import type { SourceVerdict } from './source-judge.ts';

/** What a card has said of its signal in the recorder's log; `unknown` as long as it has not spoken of it. */
export type DeviceSignal = 'present' | 'lost' | 'unknown';

/** Packets that are thrown away within this time of each other are one trouble. */
const oneTroubleMs = 5_000;

/**
 * Follows what a card says in the recorder's log (devices/device.ts) where it keeps no report of its own. Pure.
 *
 * The first look tells nothing: a recorder that was taken back has a history, of which what lasted then is in `standing`.
 * DeckLink cards report a lost signal at frame 1 and its return at frame 14 of captures without any fault (vrecord issues 474
 * and 924): a loss counts once the recording is beyond its start and the signal is still away.
 */
export function createDeviceSignal(standing: readonly AlarmKind[]): {
  /** @param isBeyondStart whether frames have come for a second, which is more than 14 of any standard. */
  look(
    reports: readonly { kind: string }[],
    now: { atMs: number; isBeyondStart: boolean },
  ): { signal: DeviceSignal; verdicts: SourceVerdict[] };
} {
  let isLost = false;
  let hasSpoken = false;
  let overruns = 0;
  let overrunAtMs: number | undefined;
  let isFirst = true;
  const raised = new Set(standing);

  function take(report: { kind: string }): void {
    if (report.kind === 'queue-overrun') overruns += 1;
    if (report.kind !== 'signal-lost' && report.kind !== 'signal-returned') return;
    hasSpoken = true;
    isLost = report.kind === 'signal-lost';
  }

  function judged(kind: AlarmKind, isBad: boolean, isGood: boolean, message: string): SourceVerdict[] {
    if (isBad && !raised.has(kind)) {
      raised.add(kind);
      return [{ do: 'tell', kind, message }];
    }
    return isGood && raised.delete(kind) ? [{ do: 'clear', kind }] : [];
  }

  return {
    look(reports, { atMs, isBeyondStart }) {
      const before = overruns;
      for (const report of reports) take(report);
      const isOverrun = overruns > before && !isFirst;
      if (isOverrun) overrunAtMs = atMs;
      const isAway = isLost && isBeyondStart;
      const signal: DeviceSignal = isAway ? 'lost' : hasSpoken ? 'present' : 'unknown';
      const isQuiet = overrunAtMs !== undefined && atMs - overrunAtMs > oneTroubleMs;
      const thrown = `The card's queue was full: ${overruns} packets of picture or sound are lost so far.`;
      const verdicts = isFirst
        ? []
        : [
            ...judged('signal-lost', isAway, signal === 'present' && !isLost, 'The card has no signal.'),
            ...judged('frames-dropped', isOverrun, isQuiet, thrown),
          ];
      isFirst = false;
      return { signal, verdicts };
    },
  };
}
