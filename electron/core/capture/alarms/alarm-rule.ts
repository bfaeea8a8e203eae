import type { CardReport } from '#core/devices/card-report.ts';
import type { DiskGauge } from '#shared/domain/live.ts';
import type { AlarmKind } from '#shared/domain/pass.ts';
import type { DriftReading } from '../drift.ts';
import type { GaugeReading } from '../gauges.ts';
import type { SilenceReading } from '../silence.ts';
import type { WriteLatency } from '../write-latency.ts';

/** All that alarms are judged by, at one moment of a recording. */
export interface AlarmFacts extends GaugeReading {
  /** Seconds since the recorder was first looked at. */
  runningS: number;
  frames: number;
  framesPerSecond: number;
  live: boolean;
  card: CardReport | undefined;
  disks: readonly DiskGauge[];
  writeLatency: WriteLatency | undefined;
  drift: DriftReading | undefined;
  silence: SilenceReading | undefined;
  /** Seconds of sound that have come; null where none was announced. */
  soundS: number | null;
  /** By how much the wall clock has jumped against the monotonic one since the last look, in seconds. */
  clockJumpS: number;
}

/**
 * One alarm: when it is raised, and when it is over. Between the two nothing changes, so that it does not flutter; what is not
 * known is neither.
 */
export interface AlarmRule {
  kind: AlarmKind;
  isBad(facts: AlarmFacts): boolean;
  /** How long it has to be bad without a break. */
  badForS: number;
  isGood(facts: AlarmFacts): boolean;
  goodForS: number;
  /** What is measured now, in a sentence; what it means and what to do is in the words of the interface. */
  message(facts: AlarmFacts): string;
}
