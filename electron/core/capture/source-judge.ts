import type { CardReport } from '#core/devices/card-report.ts';
import type { DeviceReport } from '#core/devices/device.ts';
import type { RecorderRemark } from '#core/ffmpeg/recorder-log.ts';
import type { AlarmKind, EndReason } from '#shared/domain/pass.ts';

/** What is seen of a recording at one moment. */
export interface SourceFacts {
  /** Milliseconds of a monotonic clock. */
  atMs: number;
  /** Bytes of the list of frames that have come, and of that of their sound; null where no sound was announced. */
  frameListBytes: number;
  soundListBytes: number | null;
  card: CardReport | undefined;
  /** What the recorder's log says since the last look. */
  remarks: readonly (RecorderRemark | DeviceReport)[];
}

/** What is to be done about it. */
export type SourceVerdict =
  | { do: 'tell'; kind: AlarmKind; message: string }
  | { do: 'clear'; kind: AlarmKind }
  | { do: 'end'; reason: EndReason };

export interface SourcePatience {
  /** How long pictures wait for sound that was announced: until it begins nothing of them reaches the disk. */
  soundWithinMs: number;
  /** How long a live source may give nothing before the recording is ended in order. */
  sourceWithinMs: number;
}

/** Broken frames that come within this time of each other are one trouble. */
const oneTroubleMs = 5_000;

/**
 * Follows what a source does wrong while it is recorded, and says what is to be told and when to end. Knows nothing of files or
 * clocks. An end is said once; that a source stands still, its rate and its sound are alarms of the gauges (alarms/).
 */
export function createSourceJudge(
  live: boolean,
  patience: SourcePatience,
  /** Alarms that an earlier engine raised and that were not over then: what its recorder's log says of the past is told. */
  standing: readonly AlarmKind[] = [],
): {
  look(facts: SourceFacts): SourceVerdict[];
} {
  let firstFrameAtMs: number | undefined;
  let grew = { bytes: -1, atMs: 0 };
  /** By the card's own count, where there is one: frames that come and are not recorded are no standstill of the source. */
  let took = { frames: 0, atMs: Number.NEGATIVE_INFINITY };
  let hasEnded = false;
  let hasLooked = false;
  let broken = standing.includes('frames-unreadable') ? { atMs: Number.NEGATIVE_INFINITY } : undefined;

  function endBecause(reason: EndReason, ...told: SourceVerdict[]): SourceVerdict[] {
    if (hasEnded) return [];
    hasEnded = true;
    return [...told, { do: 'end', reason }];
  }

  function ends({ atMs, card, remarks, frameListBytes, soundListBytes }: SourceFacts): SourceVerdict[] {
    const gone = remarks.find((remark) => remark.kind === 'device-gone');
    if (gone) {
      const message = `The card went away: ${gone.detail}`;
      return endBecause('device-gone', { do: 'tell', kind: 'device-gone', message });
    }
    const changed = standardChange(card, remarks);
    if (changed !== undefined) {
      return endBecause('standard-changed', { do: 'tell', kind: 'standard-changed', message: changed });
    }
    if (!live) return [];
    if (soundListBytes === 0 && atMs - (firstFrameAtMs ?? atMs) > patience.soundWithinMs) {
      const message = `${seconds(patience.soundWithinMs)} s of picture have come and no sound: the recording is ended so that they reach the disk.`;
      return endBecause('audio-missing', { do: 'tell', kind: 'audio-missing', message });
    }
    const stillMs = Math.min(atMs - grew.atMs, atMs - took.atMs);
    if (frameListBytes === grew.bytes && stillMs > patience.sourceWithinMs) {
      const message = `No frame has come for ${seconds(patience.sourceWithinMs)} s: the recording is ended.`;
      return endBecause('source-stalled', { do: 'tell', kind: 'source-stalled', message });
    }
    return [];
  }

  function brokenFrames({ atMs, remarks }: SourceFacts): SourceVerdict[] {
    const found = remarks.filter(({ kind }) => kind === 'undecodable' || kind === 'damaged-stream');
    const isPast = !hasLooked && standing.length > 0;
    hasLooked = true;
    if (found.length > 0 && !isPast) {
      const isNew = broken === undefined;
      broken = { atMs };
      const what = found.some(({ kind }) => kind === 'damaged-stream') ? 'The stream' : 'A frame';
      const message = `${what} came damaged: what was hit is not in the master, all else goes on.`;
      return isNew ? [{ do: 'tell', kind: 'frames-unreadable', message }] : [];
    }
    if (!broken || atMs - broken.atMs < oneTroubleMs) return [];
    broken = undefined;
    return [{ do: 'clear', kind: 'frames-unreadable' }];
  }

  return {
    look(facts) {
      const { atMs, frameListBytes, card } = facts;
      if (frameListBytes !== grew.bytes) grew = { bytes: frameListBytes, atMs };
      if (card && card.capturedFrames !== took.frames) took = { frames: card.capturedFrames, atMs };
      if (frameListBytes > 0) firstFrameAtMs ??= atMs;
      return [...brokenFrames(facts), ...ends(facts)];
    },
  };
}

/** The change of standard as a sentence, from the card's own word or from the recorder's; undefined while there is none. */
export function standardChange(
  card: CardReport | undefined,
  remarks: readonly (RecorderRemark | DeviceReport)[],
): string | undefined {
  const format = card?.changedFormat;
  if (format) {
    const { standard, width, height, frameRate, fromFrame } = format;
    const rate = (frameRate.num / frameRate.den).toFixed(2).replace(/\.?0+$/, '');
    return `From frame ${fromFrame} on the tape is in ${standard}, ${width}x${height} at ${rate} frames a second.`;
  }
  const said = remarks.find(({ kind }) => kind === 'standard-changed' || kind === 'raster-changed');
  if (!said) return undefined;
  return said.kind === 'standard-changed'
    ? `The tape is in another standard from here on: ${said.detail}`
    : 'A picture of another raster came: it and what follows are not in this master.';
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(0);
}
