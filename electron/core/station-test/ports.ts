import type { Capture } from '#core/capture/capture.ts';
import type { Certificate } from '#shared/domain/certificate.ts';
import type { NewEvent } from '#shared/domain/events.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { Work } from '#shared/domain/live.ts';
import type { PassFile } from '#shared/domain/pass.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import type { Selection } from '#shared/domain/selection.ts';
import type { Tape, TapeDescription } from '#shared/domain/tape.ts';

/** What a self-test is asked for. */
export interface StationTestRequest {
  /** As the operator chose it: `simulator:station-test-pal`. */
  source: string;
  selection: Selection;
  profileId?: string | undefined;
  chainName: string;
  seconds: number;
  /** The generator gives bars and tone only: offset and field order are then not asked for. */
  barsOnly: boolean;
  /** Peak of the tone that is played; left out: -18 dBFS, in NTSC -20. */
  toneDbfs?: number | undefined;
}

/** All that a self-test needs from the rest of the engine. */
export interface StationTestOptions {
  capture: Pick<Capture, 'arm' | 'record' | 'stop' | 'sessions' | 'whenSettled' | 'onDidChange'>;
  log: { append(events: readonly NewEvent[]): unknown };
  /** Newest first. */
  certificates(): Certificate[];
  /** The one that a pass of this source and chain cites. */
  certificateInForce(sourceId: string, chainName: string): string | undefined;
  findTape(identifier: string): Tape | undefined;
  registerTape(description: TapeDescription, actorId: string): Tape;
  filesOfPass(passId: PassId): PassFile[];
  pathOf(file: PassFile): string;
  profile(profileId: string): MasterProfile;
  /** Bytes a second that the masters' disk takes, with sync. */
  writeSpeed(): Promise<number>;
  beginWork(work: Omit<Work, 'done'>): { progress(done: number): void; end(): void };
  ffmpeg: { ffmpegPath: string; ffprobePath: string };
  now(): Date;
  newId(): string;
}
