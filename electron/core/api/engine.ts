import type { Capture } from '#core/capture/capture.ts';
import type { Compare } from '#core/compare/compare.ts';
import type { Source } from '#core/devices/device.ts';
import type { Exports } from '#core/exports/create-exports.ts';
import type { ExcursionRequest } from '#core/qc/excursion.ts';
import type { LaneLimit } from '#core/qc/lane-limits.ts';
import type { StationTest } from '#core/station-test/station-test.ts';
import type { BatchRegister } from '#core/stores/batch-register.ts';
import type { EventCountFilter } from '#core/stores/event-count.ts';
import type { EventSubject } from '#core/stores/event-subjects.ts';
import type { IntentionRegister, IntentionRequest } from '#core/stores/intention-register.ts';
import type { PassRegister } from '#core/stores/pass-register.ts';
import type { Person } from '#core/stores/people.ts';
import type { PeopleRegister } from '#core/stores/people-register.ts';
import type { HelicalLog } from '#core/stores/record.ts';
import type { ReviewDesk } from '#core/stores/review-desk.ts';
import type { ReviewRegister } from '#core/stores/review-register.ts';
import type { SittingRegister } from '#core/stores/sitting-register.ts';
import type { Stores } from '#core/stores/stores.ts';
import type { TapeRegister } from '#core/stores/tape-register.ts';
import type { VerdictRegister } from '#core/stores/verdict-register.ts';
import type { Intention } from '#shared/domain/intention.ts';
import type { LiveMessage, LiveState } from '#shared/domain/live.ts';
import type { PassFile } from '#shared/domain/pass.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import type { QcResult } from '#shared/domain/qc.ts';
import type { ReportFormat, ReportLanguage, WrittenReport } from '#shared/domain/qc-report.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';

/** What the procedures call: the engine's rooms, brought together by core.ts. A room that cannot work throws when asked for. */
export interface Engine {
  stationId: string;
  version: string;
  dataDir: string;
  person: Person;
  profiles: readonly MasterProfile[];
  log: HelicalLog;
  stores: Stores;
  tapeRegister: TapeRegister;
  passRegister: PassRegister;
  intentionRegister: IntentionRegister;
  batchRegister: BatchRegister;
  peopleRegister: PeopleRegister;
  reviewDesk: ReviewDesk;
  reviewRegister: ReviewRegister;
  verdictRegister: VerdictRegister;
  sittingRegister: SittingRegister;
  vocabulary: Vocabulary;
  countEvents(filter: EventCountFilter): number;
  /** Passes and self-tests through a device, by its serial number or name. */
  throughDevice(device: string): string[];
  /** What some events of the log are about, by their seq. */
  eventSubjects(seqs: readonly number[]): Map<number, EventSubject[]>;
  subscribe(signal: AbortSignal | undefined): AsyncGenerator<LiveMessage, void, void>;
  /** Recomputes the log; the result is shown on every screen. */
  verifyLog(): ReturnType<HelicalLog['verify']>;
  rebuild(): { events: number; tables: string[]; identical: boolean };
  logState(): LiveState['log'];
  sources(): Promise<Source[]>;
  /** Throws FFMPEG_MISSING where there is none. */
  capture(): Capture;
  /** The same. */
  qc(): QcRoom;
  compare(): Compare;
  exports(): Exports;
  stationTest(): StationTest;
  doctor(): Promise<Doctor>;
  /** Absolute path of a registered file on this computer. */
  pathOf(file: PassFile): string;
}

export interface QcRoom {
  checks(): { id: string; titleKey: string; explanationKey: string }[];
  profiles(): { id: string; name: string }[];
  measures(passId: string): Promise<{ id: string; unit: string; medium: 'video' | 'audio' }[]>;
  /** The limits of the profile that a pass was judged by, as lines across its graphs. */
  limits(passId: string): Promise<LaneLimit[]>;
  /** Undefined where there is none, or where nothing was measured. NOT_FOUND (measure). */
  excursion(passId: string, request: ExcursionRequest): Promise<number | undefined>;
  measurePass(
    passId: string,
    profileId: string | undefined,
    actorId: string,
    channels?: readonly number[],
  ): Promise<QcResult>;
  /** INVALID_INPUT for a check that there is not; otherwise as the register. */
  intend(request: IntentionRequest, actorId: string): Intention;
  reportPass(
    passId: string,
    profileId: string | undefined,
    request: { format: ReportFormat; language: ReportLanguage; to: string },
  ): Promise<WrittenReport>;
  measureFile(
    path: string,
    profileId: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<QcResult>;
}

export interface DoctorCheck {
  id: string;
  ok: boolean;
  /** True where the main job works without it. */
  optional: boolean;
  found: string;
  need: string;
  help: string;
}

export interface Doctor {
  ok: boolean;
  checks: DoctorCheck[];
}
