import type { QcProfile } from '#shared/domain/profiles.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import type { InstrumentCost } from './cost-meter.ts';
import type { MeasuringJob } from './measuring.ts';
import type { SeriesDescription } from './series.ts';

/** Rows of one message, at most. */
export const rowsAtMost = 250;

/** What a measuring thread begins with. */
export interface MeasuringStart {
  job: MeasuringJob;
  /** Where the decoder's outputs come in: the path of a socket, or undefined for a port of this machine. */
  picturePath: string | undefined;
  soundPath: string | undefined;
  /** As the decoder that feeds it has: 0 to 19. */
  niceness: number;
  /** What is judged while it plays; undefined: nothing. */
  live: LiveJudging | undefined;
}

/** By which checks, and what is known of the material. */
export interface LiveJudging {
  profile: QcProfile;
  description: SeriesDescription;
}

export type ToMeasuring =
  | { kind: 'leave-gaps' }
  /** The decoder has ended: whatever did not come in by now does not come. */
  | { kind: 'decoder-ended' }
  | { kind: 'ping' };

export type FromMeasuring =
  /** Ports where none were named by a path; 0 where a medium is absent. */
  | { kind: 'listening'; picturePort: number; soundPort: number }
  /** Rows of float32, one after the other. */
  | { kind: 'rows'; values: Float32Array; count: number }
  /** What the last stretch shows; frames count from `firstFrame`. */
  | { kind: 'judged'; events: QcEvent[]; firstFrame: number }
  | { kind: 'done'; costMs: InstrumentCost[] }
  /** Why it stopped measuring; what still comes in is taken and thrown away. */
  | { kind: 'failed'; problem: string }
  | { kind: 'pong' };
