import type { Logger } from '#core/db/logger.ts';
import type { DeviceKey, DeviceReport, OpenContext, OpenSource, Selection } from '#core/devices/device.ts';
import type { NewEvent } from '#shared/domain/events.ts';
import type { CertificateId, PassId, TapeId } from '#shared/domain/ids.ts';
import type { DerivedWork, Pass, PassFile } from '#shared/domain/pass.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import type { Tape } from '#shared/domain/tape.ts';
import type { Follower, FollowRequest } from './follower-port.ts';
import type { MeasurePort } from './measure-port.ts';
import type { CaptureFolders } from './pass-files.ts';
import { leastByPicturesS } from './plan-watch.ts';
import type { Pressure } from './pressure.ts';

/** All that capturing needs from the rest of the engine. */
export interface CaptureOptions {
  log: {
    append(events: readonly NewEvent[]): unknown;
    head(): { seq: number; hash: string };
  };
  reads: {
    pass(passId: PassId): Pass | undefined;
    /** Passes that are not sealed and not failed, oldest first. */
    unfinishedPasses(): Pass[];
    nextPassNumber(tapeId: TapeId): number;
    tape(tapeId: TapeId): Tape | undefined;
    filesOfPass(passId: PassId): PassFile[];
  };
  devices: {
    openSource(selection: Selection, context: OpenContext): Promise<OpenSource>;
    /** The device behind a selection's text; undefined where any number of captures may open it. */
    deviceKeyOf(sourceId: string): Promise<DeviceKey | undefined>;
    /** What reads the lines that this source's card writes into the recorder's log; undefined where it writes none. */
    logReaderOf(sourceId: string): ((line: string) => DeviceReport | undefined) | undefined;
  };
  follow(request: FollowRequest): Follower;
  measure: MeasurePort | undefined;
  /** Decides which derived work gives way to a recorder; left out: pressure.ts. */
  pressure?: (standing: readonly DerivedWork[]) => Pressure;
  /** The profile with this id, the house's default for undefined. Throws HelicalError NOT_FOUND. */
  profile(profileId: string | undefined): MasterProfile;
  /** The station's self-test that a pass from this source, through this chain, may cite. */
  certificateInForce(sourceId: string, chainName: string): CertificateId | undefined;
  folders: CaptureFolders;
  ffmpeg: { ffmpegPath: string; ffprobePath: string; version: string };
  /** Further things that device adapters are told. */
  openContext?: Partial<Pick<OpenContext, 'resourcesDir' | 'playerCommand'>>;
  software: { name: string; version: string }[];
  logger: Logger;
  now(): Date;
  /** A new UUIDv7. */
  newId(): string;
  limits?: Partial<CaptureLimits>;
}

export interface CaptureLimits {
  /** Seconds at the present rate that must stay free on the masters' disk. */
  reserveS: number;
  /** Bytes that must stay free there in any case. */
  reserveFloorBytes: number;
  /** How long a follower that failed is left alone before it starts again: the first time, and at most. */
  restartAfterMs: number;
  restartAtMostMs: number;
  /** The same where the disk of the derived files is full. */
  retryWhenFullMs: number;
  /** How long pictures wait for sound that was announced, before the recording is ended so that they reach the disk. */
  soundWithinMs: number;
  /** How long a live source may give nothing before the recording is ended in order. */
  sourceWithinMs: number;
  /** Seconds that pictures must show no programme before they end a recording, however little was set. */
  byPicturesS: number;
}

export const defaultLimits: CaptureLimits = {
  reserveS: 20,
  reserveFloorBytes: 64 << 20,
  restartAfterMs: 1_000,
  restartAtMostMs: 60_000,
  retryWhenFullMs: 30_000,
  soundWithinMs: 10_000,
  sourceWithinMs: 600_000,
  byPicturesS: leastByPicturesS,
};
