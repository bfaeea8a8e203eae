import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestFile } from '#core/essence/digests.ts';
import { parseDvReport } from '#core/essence/dv-report.ts';
import { locateDvrescue, writeDvReport } from '#core/ffmpeg/dvrescue.ts';
import { probe } from '#core/ffmpeg/probe.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { MadeFile } from './derived-files.ts';
import type { CaptureOptions } from './ports.ts';
import { type RecorderRecord, recordedPaths } from './recorder-record.ts';

/**
 * What dvrescue finds in each frame of a DV master, where dvrescue is installed: the errors lie in the stream itself, which is
 * kept whole, so that they are read from the master and not while the tape plays (ADR 0045). A report that cannot be made is
 * told of (`onProblem`), and does not keep the master from its seal.
 */
export async function dvReportOf(options: {
  capture: CaptureOptions;
  pass: Pass;
  record: RecorderRecord;
  recordPath: string;
  frames: number;
  /** For the report while it is written; exists. */
  workDir: string;
  signal: AbortSignal;
  onProblem(message: string): void;
  environment?: NodeJS.ProcessEnv;
}): Promise<MadeFile[]> {
  const { capture, pass, record, signal, frames } = options;
  if (record.essence !== 'copy') return [];
  try {
    const dvrescuePath = await locateDvrescue(options.environment);
    if (dvrescuePath === undefined) return [];
    const { ffmpegPath, ffprobePath } = capture.ffmpeg;
    const { masterPath } = recordedPaths(record, options.recordPath);
    const media = await probe(ffprobePath, masterPath, { signal });
    if (media.video[0]?.codec !== 'dvvideo') return [];
    const path = masterPath.replace(/\.mkv$/, '.dvrescue.xml');
    // One that is there was finished by an engine that died before it could register it.
    if (!(await isThere(path))) {
      const partial = join(options.workDir, 'dvrescue.xml');
      await rm(partial, { force: true });
      await writeDvReport({ ffmpegPath, dvrescuePath, masterPath, reportPath: partial, signal });
      await rename(partial, path);
    }
    const report = parseDvReport(await readFile(path, 'utf8'), path);
    const { faulty, version } = report;
    capture.logger.info(
      { passId: pass.id, version, frames: report.frames, faulty: faulty.length },
      'dvrescue',
    );
    if (report.frames !== frames) {
      options.onProblem(
        `dvrescue saw ${report.frames} frames, the master holds ${frames}. Its report is kept.`,
      );
    }
    return [{ role: 'dv-report', path, digests: await digestFile(path) }];
  } catch (error) {
    if (signal.aborted) return [];
    capture.logger.error({ err: error, passId: pass.id }, 'the report of a DV stream was not made');
    options.onProblem((error as Error).message);
    return [];
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
