import type { PassId, PersonId } from '#shared/domain/ids.ts';
import type { Session } from '#shared/domain/live.ts';
import type { FailReason, Pass } from '#shared/domain/pass.ts';
import type { MasterOnTheWay } from './capture.ts';
import type { PassFiles } from './pass-files.ts';
import type { Recorder, RecorderEnd } from './recorder.ts';
import type { RecorderRecord } from './recorder-record.ts';

/** What is known of a pass's files once it has any. */
export interface Recording {
  record: RecorderRecord;
  files: PassFiles;
}

/** One pass on its way from the source to its seal. */
export interface PassSession {
  readonly passId: PassId;
  view(): Session;
  masterOnTheWay(): MasterOnTheWay | undefined;
  record(actorId: PersonId): Promise<void>;
  mark(label: string, actorId: PersonId): Promise<{ frame: number }>;
  stop(actorId: PersonId): Promise<void>;
  disarm(actorId: PersonId): Promise<void>;
  /** An earlier engine started a recorder and died before it could write so in the log. */
  startedUnseen(recording: Recording): void;
  /** Goes on with a recorder that an earlier engine started. */
  resume(recording: Recording, recorder: Recorder): Promise<void>;
  /** An earlier engine's recorder has ended, unseen. */
  takeEnd(recording: Recording, end: RecorderEnd): Promise<void>;
  /** Mends a master whose recorder died, then follows it. */
  recover(recording: Recording): Promise<void>;
  /** Follows a master that is complete. */
  follow(recording: Recording): void;
  /** Ends a pass of which nothing runs, and clears away what it left. */
  fail(reason: FailReason, detail: string): Promise<void>;
  readonly settled: Promise<Pass>;
  /** A barrier. The recorder goes on. */
  close(): Promise<void>;
}
