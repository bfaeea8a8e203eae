import { basename, dirname, join } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import { rational } from '#shared/domain/rational.ts';
import { digestFile, type FileDigests } from './digests.ts';
import { compareFrameHashes, findTimestampGaps, type TimestampGap } from './frame-hash-comparison.ts';
import { readFrameHashFile } from './frame-hashes.ts';
import {
  lossOf,
  type MasterCheckResult,
  type MasterEvidence,
  type MasterExpectation,
} from './master-check.ts';
import { runMasterChecks } from './master-checks.ts';
import { videoTrackOf } from './matroska-facts.ts';
import { type MasterScan, scanMaster } from './scan-master.ts';
import { readSealFile, type SealFile } from './seal-file.ts';
import { compareSound } from './sound-comparison.ts';

/** Something that is wrong with a master or with what is kept beside it. */
export interface MasterProblem {
  /** A check id, or `no-seal`, `seal-unreadable`, `not-sealed`, `unreadable`, `fixity`, `seal-identity`, `hash-list`. */
  rule: string;
  message: string;
  path: string;
}

export interface MasterVerification {
  path: string;
  kind: 'master';
  ok: boolean;
  problems: MasterProblem[];
  checks: MasterCheckResult[];
}

/** Hash lists of the decoded master, in the form of those taken at capture. */
export interface DecodedLists {
  frames: string;
  audio?: string | undefined;
}

export interface VerifyMasterOptions {
  /** Decodes the master to hash lists. Without it nothing is decoded, and frames are trusted by digest. */
  decode?: (masterPath: string) => Promise<string | DecodedLists>;
  onBytes?: (bytesSoFar: number) => void;
  signal?: AbortSignal;
}

/**
 * Verifies a master from files alone, without a database: its seal, its digests, its structure, the hash list's own digest,
 * and, where `decode` is given, every decoded frame. What is wrong comes as problems; only what is no fault of the files
 * (an abort, a decoder that cannot be started) is thrown.
 */
export async function verifyMasterFile(
  path: string,
  options: VerifyMasterOptions = {},
): Promise<MasterVerification> {
  const problems: MasterProblem[] = [];
  const add = (rule: string, message: string, where = path): void => {
    problems.push({ rule, message, path: where });
  };
  const scan = await orProblem(
    () => scanMaster(path, options),
    (message) => add('unreadable', message),
  );
  let sealBroken = false;
  const seal = await orProblem(
    () => readSealFile(path),
    (message) => {
      sealBroken = true;
      add('seal-unreadable', message);
    },
  );
  if (!seal && !sealBroken)
    add('no-seal', 'There is no seal beside this master: only its structure can be judged.');
  if (seal && !seal.sealed) add('not-sealed', 'The seal says itself that this master did not pass.');
  if (seal && scan) for (const message of fixityProblems(path, scan.digests, seal)) add('fixity', message);
  if (seal && scan) for (const message of identityProblems(scan, seal)) add('seal-identity', message);
  const checks = scan ? await judge(path, scan, seal, options, add) : [];
  for (const check of checks) if (!check.ok) add(check.id, `${check.message} Measured: ${check.measured}.`);
  return { path, kind: 'master', ok: problems.length === 0, problems, checks };
}

type AddProblem = (rule: string, message: string, where?: string) => void;

/** Rules that can be judged by the file itself, without a profile. */
const structureRules = new Set([
  'timestamps',
  'matroska-structure',
  'matroska-crc',
  'matroska-cues',
  'matroska-duration',
  'matroska-unique-id',
  'ffv1-version',
  'ffv1-intra',
  'ffv1-slice-crc',
  'audio-length',
]);

async function judge(
  path: string,
  scan: MasterScan,
  seal: SealFile | undefined,
  options: VerifyMasterOptions,
  add: AddProblem,
): Promise<MasterCheckResult[]> {
  const { facts, ffv1 } = scan;
  if (!seal) {
    const results = runMasterChecks({ facts, ffv1, expectation: expectationByFile(scan) });
    return results.filter((result) => structureRules.has(result.id));
  }
  const evidence: MasterEvidence = {
    ...{ facts, ffv1, expectation: seal.expectation },
    loss: lossOf(seal.framesDropped, seal.endReason),
  };
  const listPath = join(dirname(path), seal.frameHashes.name);
  const frames = await readCapturedList(listPath, seal.frameHashes.sha256, seal.expectation, add);
  evidence.capturedFrames = frames?.count;
  evidence.captureGaps = frames?.gaps;
  const omit = ['frame-hashes', 'audio-hashes'];
  if (options.decode && frames) {
    const decoded = await options.decode(path);
    const lists = typeof decoded === 'string' ? { frames: decoded } : decoded;
    evidence.frameHashes = await compareFrames(listPath, lists.frames);
    omit.shift();
    if (seal.audioHashes && lists.audio) {
      const audioPath = join(dirname(path), seal.audioHashes.name);
      await checkListDigest(audioPath, seal.audioHashes.sha256, add);
      evidence.audioHashes = await compareSound(audioPath, lists.audio);
      omit.shift();
    }
  }
  return runMasterChecks(evidence, { omit });
}

async function readCapturedList(
  listPath: string,
  sha256: string,
  expectation: MasterExpectation,
  add: AddProblem,
): Promise<{ count: number; gaps: TimestampGap[] } | undefined> {
  if (!(await checkListDigest(listPath, sha256, add))) return undefined;
  return orProblem(
    async () => {
      const reader = readFrameHashFile(listPath);
      let count = 0;
      async function* counted() {
        for await (const row of reader.rows()) {
          if (row.stream !== 0) continue;
          count += 1;
          yield row;
        }
      }
      const gaps = await findTimestampGaps(
        counted(),
        frameTicksOf(reader.header.streams[0]?.timeBase, expectation),
      );
      if (reader.cutLine) add('hash-list', 'The last line of the frame hash list is cut.', listPath);
      return { count, gaps };
    },
    (message) => add('hash-list', message, listPath),
  );
}

function frameTicksOf(timeBase: { num: number; den: number } | undefined, expectation: MasterExpectation) {
  if (!timeBase) return {};
  const { num, den } = expectation.frameRate;
  return { frameTicks: (den * timeBase.den) / (num * timeBase.num) };
}

async function checkListDigest(listPath: string, sha256: string, add: AddProblem): Promise<boolean> {
  const digests = await orProblem(
    () => digestFile(listPath, { algorithms: ['sha256'] }),
    (message) => add('hash-list', message, listPath),
  );
  if (digests && digests.sha256 !== sha256) {
    add('hash-list', 'The list of captured hashes is not the one that was sealed.', listPath);
  }
  return digests !== undefined;
}

function compareFrames(captured: string, decoded: string) {
  return compareFrameHashes(readFrameHashFile(captured).rows(), readFrameHashFile(decoded).rows(), {
    stream: 0,
  });
}

function fixityProblems(path: string, digests: FileDigests, seal: SealFile): string[] {
  const problems: string[] = [];
  if (seal.master.name !== basename(path)) problems.push(`The seal is that of ${seal.master.name}.`);
  if (seal.master.sizeBytes !== digests.sizeBytes) {
    problems.push(`The file has ${digests.sizeBytes} bytes; sealed were ${seal.master.sizeBytes}.`);
  }
  const wrong = (['md5', 'sha256', 'sha512'] as const).filter((name) => seal.master[name] !== digests[name]);
  if (wrong.length > 0) problems.push(`The file has changed since it was sealed (${wrong.join(', ')}).`);
  return problems;
}

/** The recorder writes into the master whose pass and tape it is; the seal must be that of the same. */
function identityProblems({ facts }: MasterScan, seal: SealFile): string[] {
  const stated = { HELICAL_PASS_ID: seal.passId, CATALOG_NUMBER: seal.tapeIdentifier };
  return Object.entries(stated).flatMap(([name, sealed]) => {
    const inFile = facts.tags.find((tag) => tag.name === name && tag.trackUids.length === 0)?.value;
    if (inFile === sealed) return [];
    return [`The seal is that of ${sealed}, but the master says ${inFile ?? 'nothing'} (${name}).`];
  });
}

/** What a file says of itself: enough for the rules of its structure. */
export function expectationByFile({ facts, ffv1 }: Pick<MasterScan, 'facts' | 'ffv1'>): MasterExpectation {
  const video = videoTrackOf(facts);
  return {
    frameRate: rational(1_000_000_000, video?.defaultDurationNs || 40_000_000),
    width: video?.video?.pixelWidth ?? 0,
    height: video?.video?.pixelHeight ?? 0,
    essence: ffv1 ? 'ffv1' : 'native',
  };
}

/** Runs `task`; a file that cannot be read is told to `tell`, anything else is thrown. */
async function orProblem<T>(task: () => Promise<T>, tell: (message: string) => void): Promise<T | undefined> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof HelicalError && error.code === 'FILE_UNREADABLE') {
      tell(error.message);
      return undefined;
    }
    throw error;
  }
}
