import { basename } from 'node:path';
import { findCaptureGaps } from '#core/essence/capture-gaps.ts';
import { digestFile, type FileDigests } from '#core/essence/digests.ts';
import type { SoundModeChange } from '#core/essence/dv-sound.ts';
import { compareFrameHashes } from '#core/essence/frame-hash-comparison.ts';
import { readFrameHashFile } from '#core/essence/frame-hashes.ts';
import {
  finding,
  lossOf,
  type MasterCheckResult,
  type MasterExpectation,
} from '#core/essence/master-check.ts';
import { allHold, runMasterChecks } from '#core/essence/master-checks.ts';
import { scanMaster } from '#core/essence/scan-master.ts';
import { type SealFile, writeSealFile } from '#core/essence/seal-file.ts';
import { compareSound } from '#core/essence/sound-comparison.ts';

/** A master that is closed, and what is known about it before anything was proved. */
export interface SealRequest {
  passId: string;
  tapeIdentifier: string;
  masterPath: string;
  /** Lists taken at capture, beside the master. */
  frameHashesPath: string;
  audioHashesPath: string | undefined;
  expectation: MasterExpectation;
  software: { name: string; version: string }[];
  framesDropped?: number | undefined;
  endReason?: SealFile['endReason'] | null;
  recovery?: SealFile['recovery'];
  /** Told how much of the master has been read for digests and structure. */
  onBytes?: ((bytesSoFar: number) => void) | undefined;
}

/** What the follower decoded from it: its end when that is `finished`. */
export interface DecodedMaster {
  frameHashesPath: string;
  audioHashesPath: string | undefined;
  decoderComplaints: readonly string[];
  soundChanges?: readonly SoundModeChange[];
}

/** A file of the pass, with what fixes it. */
export interface SealedFile {
  role: 'master' | 'frame-hashes' | 'audio-hashes' | 'seal';
  path: string;
  digests: FileDigests;
}

export interface SealResult {
  /** True when every check holds: the pass may be called sealed. */
  ok: boolean;
  checks: MasterCheckResult[];
  frames: number;
  sealPath: string;
  sealedAt: string;
  files: SealedFile[];
}

/** A seal in the making: the master is being read. */
export interface Sealing {
  /**
   * Compares, judges, writes `<stem>.seal.json` (also when a check does not hold; it then says so itself) and gives the
   * digests of master, lists and seal. May be called once. Throws HelicalError FILE_UNREADABLE, FILE_EXISTS.
   */
  finish(decoded: DecodedMaster, logHead?: { seq: number; hash: string }): Promise<SealResult>;
  /** Ends the reading. A barrier: nothing reads afterwards. */
  abandon(): Promise<void>;
}

/**
 * Begins to seal: call it the moment the recorder has closed the file. Digests and structure come from one read, which runs
 * beside the last of the follower's decoding; `finish` waits for it.
 */
export function beginSeal(request: SealRequest): Sealing {
  const reading = new AbortController();
  const scanning = scanMaster(request.masterPath, {
    signal: reading.signal,
    ...(request.onBytes && { onBytes: request.onBytes }),
  });
  const lists = Promise.all([
    digestFile(request.frameHashesPath),
    request.audioHashesPath === undefined ? undefined : digestFile(request.audioHashesPath),
  ]);
  // Both are awaited in finish(); until then a failure must not count as nobody's.
  scanning.catch(() => {});
  lists.catch(() => {});

  return {
    async finish(decoded, logHead) {
      const [frames, gaps, sound] = await Promise.all([
        compareFrames(request, decoded),
        findCaptureGaps(request.frameHashesPath, request.expectation.frameRate),
        compareTracks(request, decoded),
      ]);
      const [{ facts, ffv1, digests: master }, [frameList, audioList]] = await Promise.all([scanning, lists]);
      const { expectation } = request;
      const evidence = {
        facts,
        ffv1,
        expectation,
        frameHashes: frames,
        audioHashes: sound,
        captureGaps: gaps,
        loss: lossOf(request.framesDropped, request.endReason),
        soundChanges: decoded.soundChanges,
      };
      const checks = [...runMasterChecks(evidence), decodedCleanly(decoded.decoderComplaints)];
      const ok = allHold(checks);
      const sealedAt = new Date().toISOString();
      const nameOf = (path: string): string => basename(path);
      const seal: SealFile = {
        format: 'helical-seal',
        version: 1,
        passId: request.passId,
        tapeIdentifier: request.tapeIdentifier,
        master: { name: nameOf(request.masterPath), ...master },
        frameHashes: { name: nameOf(request.frameHashesPath), sha256: frameList.sha256, algorithm: 'MD5' },
        ...(request.audioHashesPath !== undefined &&
          audioList && {
            audioHashes: {
              name: nameOf(request.audioHashesPath),
              sha256: audioList.sha256,
              algorithm: 'MD5',
            },
          }),
        expectation,
        checks,
        sealed: ok,
        sealedAt,
        software: request.software,
        ...(logHead && { logHead }),
        ...(request.framesDropped !== undefined && { framesDropped: request.framesDropped }),
        ...(request.endReason && { endReason: request.endReason }),
        ...(request.recovery && { recovery: request.recovery }),
      };
      const sealPath = await writeSealFile(request.masterPath, seal);
      const files: SealedFile[] = [
        { role: 'master', path: request.masterPath, digests: master },
        { role: 'frame-hashes', path: request.frameHashesPath, digests: frameList },
        ...(request.audioHashesPath !== undefined && audioList
          ? [{ role: 'audio-hashes' as const, path: request.audioHashesPath, digests: audioList }]
          : []),
        { role: 'seal', path: sealPath, digests: await digestFile(sealPath) },
      ];
      return { ok, checks, frames: frames.frames, sealPath, sealedAt, files };
    },
    async abandon() {
      reading.abort();
      await Promise.allSettled([scanning, lists]);
    },
  };
}

/** Begins and finishes in one go, for a master whose decoding is over (a recovered one, a test). */
export function sealPass(
  request: SealRequest & { decoded: DecodedMaster; logHead?: { seq: number; hash: string } },
): Promise<SealResult> {
  return beginSeal(request).finish(request.decoded, request.logHead);
}

function compareFrames({ frameHashesPath }: SealRequest, decoded: DecodedMaster) {
  return compareFrameHashes(
    readFrameHashFile(frameHashesPath).rows(),
    readFrameHashFile(decoded.frameHashesPath).rows(),
  );
}

/** A list on one side only is sound that was not compared: its check then fails. */
async function compareTracks({ audioHashesPath }: SealRequest, decoded: DecodedMaster) {
  if (audioHashesPath === undefined || decoded.audioHashesPath === undefined) return undefined;
  return compareSound(audioHashesPath, decoded.audioHashesPath);
}

/** Lines of the demuxer and the decoder; other rooms of ffmpeg complain about their own work. */
const aboutTheMaster = /^\[[^\]]*(?:ffv1|dvvideo|matroska)|[Ee]rror while decoding|CRC mismatch/;

function decodedCleanly(complaints: readonly string[]): MasterCheckResult {
  const said = complaints.filter((line) => aboutTheMaster.test(line));
  const measured = said.length === 0 ? 'no complaint' : `${said.length} complaints`;
  const wrong = `The decoder found damage: ${said[0] ?? ''}`;
  return { id: 'decoded-cleanly', ...finding(said.length === 0, 'no complaint', measured, wrong) };
}
