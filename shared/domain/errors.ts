/**
 * Every failure a user can meet, by name. A code is part of the interface: screens choose their words by it,
 * the command line its exit code. Anything else that is thrown is a bug.
 */
export const errorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'NOT_ALLOWED',
  'WRONG_STATE',
  'FFMPEG_MISSING',
  'FFMPEG_FAILED',
  'DEVICE_BUSY',
  'DEVICE_FAILED',
  'DISK_FULL',
  'MACHINE_BUSY',
  'FILE_EXISTS',
  'FILE_UNREADABLE',
  'ENGINE_RUNNING',
  'SCHEMA_TOO_NEW',
  'LOG_BROKEN',
  'PACKAGE_INVALID',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Exit codes of the command line: 1 done but something is wrong, 2 wrong usage, 3 the environment lacks something. */
const exitCodes: Record<ErrorCode, 1 | 2 | 3> = {
  INVALID_INPUT: 2,
  NOT_FOUND: 2,
  ALREADY_EXISTS: 2,
  NOT_ALLOWED: 2,
  WRONG_STATE: 2,
  FFMPEG_MISSING: 3,
  FFMPEG_FAILED: 3,
  DEVICE_BUSY: 3,
  DEVICE_FAILED: 3,
  DISK_FULL: 3,
  MACHINE_BUSY: 3,
  FILE_EXISTS: 2,
  FILE_UNREADABLE: 2,
  ENGINE_RUNNING: 3,
  SCHEMA_TOO_NEW: 3,
  LOG_BROKEN: 1,
  PACKAGE_INVALID: 1,
};

/** What a user is told: what is wrong, what is safe all the same, what to do. */
export interface ErrorSentence {
  problem: string;
  safe?: string | undefined;
  remedy?: string | undefined;
}

/** A failure that a user can understand and act on. */
export class HelicalError extends Error {
  readonly code: ErrorCode;
  readonly problem: string;
  readonly safe: string | undefined;
  readonly remedy: string | undefined;

  constructor(code: ErrorCode, sentence: ErrorSentence | string, options?: { cause?: unknown }) {
    const said: ErrorSentence = typeof sentence === 'string' ? { problem: sentence } : sentence;
    super([said.problem, said.safe, said.remedy].filter(Boolean).join(' '), options);
    this.name = 'HelicalError';
    this.code = code;
    this.problem = said.problem;
    this.safe = said.safe;
    this.remedy = said.remedy;
  }
}

/** The exit code that the command line gives for an error of this code. */
export function exitCodeOf(code: ErrorCode): 1 | 2 | 3 {
  return exitCodes[code];
}
