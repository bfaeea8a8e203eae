import { open, stat } from 'node:fs/promises';
import { type DigestOptions, digestFile } from '#core/essence/digests.ts';
import { readFfv1Track } from '#core/essence/ffv1.ts';
import { runMasterChecks } from '#core/essence/master-checks.ts';
import { createMatroskaScanner } from '#core/essence/matroska.ts';
import { type MatroskaFacts, videoTrackOf } from '#core/essence/matroska-facts.ts';
import { readSealFile, type SealFile } from '#core/essence/seal-file.ts';
import { expectationByFile } from '#core/essence/verify-master.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { FileRule } from '#shared/domain/qc.ts';
import type { FileEvidence } from './file-check.ts';
import { fileChecks } from './registry.ts';

/** Told how far the reading has come; ended from outside. */
export type Reading = Pick<DigestOptions, 'onBytes' | 'signal'>;

const magic = 0x1a45dfa3;

/** True for a file that begins as Matroska does. */
export async function isMatroska(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined);
  if (!file) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32BE(0) === magic;
  } finally {
    await file.close();
  }
}

/**
 * Judges a Matroska file in one read of it, by its seal where it has one and by the rules for preservation masters; no digest is
 * made and nothing is decoded (that is `helical verify`). What cannot be read is a rule that does not hold.
 */
export async function judgeMatroska(path: string, reading: Reading = {}): Promise<FileRule[]> {
  const { seal, rule } = await sealBeside(path);
  const facts = await readFacts(path, reading);
  if (facts instanceof HelicalError) return [...rule, unreadable(facts)];
  const video = videoTrackOf(facts);
  const ffv1 = video && readFfv1Track(video.codecId, video.codecPrivate);
  const expectation = seal?.expectation ?? expectationByFile({ facts, ffv1 });
  // Hashes and their number are proved by a decode: the seal holds that proof.
  const omit = ['frame-hashes', 'audio-hashes', 'frame-count'];
  const checks = runMasterChecks({ facts, ffv1, expectation }, { omit });
  const judged = judgeEvidence({
    scan: { facts, ffv1 },
    checks: new Map(checks.map((check) => [check.id, check])),
    isSealed: seal !== undefined,
    isMaster: seal !== undefined || ffv1 !== undefined,
  });
  return [...rule, ...judged];
}

/** The seal beside a file, and what is said of it; nothing where there is none. */
async function sealBeside(path: string): Promise<{ seal: SealFile | undefined; rule: FileRule[] }> {
  const told = (ok: boolean, measured: string, message: string): FileRule[] => [
    { id: 'file-seal', ok, severity: 'fail', expected: 'a seal whose checks hold', measured, message },
  ];
  try {
    const seal = await readSealFile(path);
    if (!seal) return { seal, rule: [] };
    const { size } = await stat(path);
    if (!seal.sealed) {
      return { seal, rule: told(false, 'not sealed', 'The seal says itself that this master did not pass.') };
    }
    if (seal.master.sizeBytes !== size) {
      const measured = `${size} bytes, sealed were ${seal.master.sizeBytes}`;
      return { seal, rule: told(false, measured, 'The file is not as long as it was when it was sealed.') };
    }
    return { seal, rule: told(true, `sealed ${seal.sealedAt}`, '') };
  } catch (error) {
    if (!(error instanceof HelicalError)) throw error;
    return { seal: undefined, rule: told(false, 'unreadable', error.problem) };
  }
}

/** The structure of a file; the error where not even its head can be read. */
async function readFacts(path: string, reading: Reading): Promise<MatroskaFacts | HelicalError> {
  const scanner = createMatroskaScanner();
  const tap = (chunk: Uint8Array) => scanner.write(chunk);
  try {
    await digestFile(path, { algorithms: [], tap, ...reading });
    return scanner.end();
  } catch (error) {
    if (error instanceof HelicalError && error.code === 'FILE_UNREADABLE') return error;
    throw error;
  }
}

function unreadable({ problem }: HelicalError): FileRule {
  const told = { expected: 'a Matroska file', measured: 'unreadable', message: problem };
  return { id: 'file-matroska-structure', ok: false, severity: 'fail', ...told };
}

/** Applies every rule. Pure. */
export function judgeEvidence(evidence: FileEvidence): FileRule[] {
  return fileChecks.flatMap((check) => {
    const found = check.judge(evidence);
    return found ? [{ id: check.id, ...found }] : [];
  });
}
