import type { Selection } from '#core/devices/device.ts';
import type { Budget } from '#shared/domain/budget.ts';
import type { PassId, PersonId, TapeId } from '#shared/domain/ids.ts';
import type { Session } from '#shared/domain/live.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { PlanRequest } from './arm-plan.ts';

/** The capture room as the rest of the engine sees it. */
export interface Capture {
  /**
   * Opens the source and prepares a pass; nothing is recorded yet. DEVICE_*, FILE_UNREADABLE, DISK_FULL, NOT_FOUND,
   * INVALID_INPUT; MACHINE_BUSY where other captures run and the last budget says that one more does not fit.
   */
  arm(request: ArmRequest): Promise<Session>;
  /** Starts the recorder and the follower. WRONG_STATE when the pass is not prepared. */
  record(passId: PassId, actorId: PersonId): Promise<Session>;
  /** Writes a mark at the frame that the recorder has reached. */
  mark(passId: PassId, label: string, actorId: PersonId): Promise<{ frame: number }>;
  /** Asks the recorder to end in order; comes back when the master is closed. */
  stop(passId: PassId, actorId: PersonId): Promise<Session>;
  disarm(passId: PassId, actorId: PersonId): Promise<void>;
  sessions(): Session[];
  /** The master of a pass that is being recorded or followed: it is not registered before its seal. Undefined: it has none now. */
  masterOnTheWay(passId: PassId): MasterOnTheWay | undefined;
  /**
   * Takes back running recorders, mends interrupted masters, follows what is not sealed yet. Safe to call twice. An engine that
   * starts leaves masters alone whose disk failed: they are mended on the operator's word.
   */
  recover(word?: RecoveryWord): Promise<{
    adopted: PassId[];
    recovered: { passId: PassId; framesKept: number; framesLost: number }[];
    /** Their recorders had ended in order: followed to the seal from here on. */
    followed: PassId[];
  }>;
  /**
   * Whether one more capture fits this machine, beside those that run: measured now, unless one of them is behind. Opens the
   * source for a moment. DEVICE_*, FILE_UNREADABLE, NOT_FOUND, FFMPEG_FAILED.
   */
  budget(request: BudgetRequest): Promise<Budget>;
  /** Called (not more than ten times a second per session) when a session's picture of itself has changed. */
  onDidChange(listener: (session: Session, gone: boolean) => void): Disposable;
  /** The pass as it stands when nothing more will happen by itself: sealed or failed. */
  whenSettled(passId: PassId): Promise<Pass>;
  /** Ends followers and timers. Recorders go on: they are not ours to end. A barrier: nothing runs here afterwards. */
  close(): Promise<void>;
}

/** A master that is not sealed yet. */
export interface MasterOnTheWay {
  path: string;
  /** A recorder is writing it. */
  isGrowing: boolean;
}

/** Who wants what was left to be taken up: an engine by itself as it starts, or the operator. */
export type RecoveryWord = 'engine' | 'operator';

export interface ArmRequest {
  tapeId: TapeId;
  selection: Selection;
  /** As the operator typed or chose it, e.g. `simulator:programme-pal`. */
  sourceId: string;
  profileId: string | undefined;
  chainName: string;
  operatorId: PersonId;
  /** From the start of the programme on. */
  durationS: number | undefined;
  /** Conditions, and what the pass is to its tape; left out: recorded from the operator's word to the operator's word. */
  plan?: PlanRequest | undefined;
  /** Arms although the budget says that captures which run already would be in danger; the log says so. */
  anyway?: boolean | undefined;
}

export type BudgetRequest = Pick<ArmRequest, 'selection' | 'sourceId' | 'profileId' | 'durationS'>;
