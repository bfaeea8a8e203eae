import { dvFrameErrors } from '#core/essence/dv-blocks.ts';
import { dvFrameBytes } from '#core/essence/dv-timecode.ts';
import { readDvFrames } from '#core/ffmpeg/dv-frames.ts';
import { probe, type VideoStream } from '#core/ffmpeg/probe.ts';
import type {
  DvTally,
  FileRule,
  MediaconchVerdict,
  MediaFindings,
  QcEvent,
  QcResult,
} from '#shared/domain/qc.ts';
import { countEvents } from '#shared/domain/qc.ts';
import type { MarkEvents } from '../judge.ts';
import type { FfmpegPaths } from '../measure-file.ts';
import { createDvErrors } from './dv-errors.ts';
import { isMatroska, judgeMatroska, type Reading } from './judge-matroska.ts';
import { mediaconchVerdict } from './mediaconch-verdict.ts';
import { fileChecks } from './registry.ts';

/** What was found of a file as a file, and the events that have a place on its tape. */
export interface JudgedFile {
  media: MediaFindings;
  /** Findings of the DV stream's own marks. */
  dvEvents: QcEvent[];
}

/**
 * Judges a file beside its pictures: rules for Matroska masters, MediaConch where it is installed, the error marks of a DV
 * stream. Nothing is decoded or changed. HelicalError FILE_UNREADABLE, INVALID_INPUT.
 */
export async function judgeFile(
  path: string,
  ffmpeg: FfmpegPaths,
  reading: Reading = {},
): Promise<JudgedFile> {
  const { signal } = reading;
  const mediaconch = await mediaconchVerdict(path, signal);
  const rules = (await isMatroska(path)) ? await judgeMatroska(path, reading) : [];
  const dv = await judgeDvFile(path, ffmpeg, signal);
  return {
    media: { rules, mediaconch, ...(dv ? { dv: dv.tally } : {}) },
    dvEvents: dv?.events ?? [],
  };
}

/** What the blocks of a DV stream say of themselves; undefined for other pictures. HelicalError FILE_UNREADABLE. */
export async function judgeDvFile(
  path: string,
  ffmpeg: FfmpegPaths,
  signal?: AbortSignal,
): Promise<{ tally: DvTally; events: QcEvent[] } | undefined> {
  const [video] = (await probe(ffmpeg.ffprobePath, path, { signal })).video;
  return video && judgeDv(path, video, ffmpeg.ffmpegPath, signal);
}

async function judgeDv(
  path: string,
  { codec, height, pixelFormat, averageFrameRate, frameRate }: VideoStream,
  ffmpegPath: string,
  signal: AbortSignal | undefined,
) {
  const rate = averageFrameRate ?? frameRate;
  const frameBytes =
    codec === 'dvvideo' ? dvFrameBytes({ height, pixelFormat: pixelFormat ?? '' }) : undefined;
  if (frameBytes === undefined || !rate) return undefined;
  const errors = createDvErrors(rate);
  for await (const frame of readDvFrames({ ffmpegPath, path, frameBytes, signal })) {
    errors.add(dvFrameErrors(frame));
  }
  return { tally: errors.tally(), events: errors.events() };
}

/** What was found of a file, as events: a rule that does not hold concerns the whole of it. */
export function fileEvents({ media, dvEvents }: JudgedFile, frames: number): QcEvent[] {
  const whole = { startFrame: 0, endFrame: Math.max(0, frames - 1), confidence: 1 };
  const wrong = media.rules.filter(({ ok }) => !ok);
  const isDamaged = wrong.some(({ id, severity }) => id === 'file-matroska-structure' && severity === 'fail');
  return [
    ...wrong.map((rule) => ({ ...whole, ...eventOf(rule, isDamaged) })),
    ...mediaconchEvents(media.mediaconch).map((event) => ({ ...whole, ...event })),
    ...dvEvents,
  ];
}

/** The result with what was found of the file: as events over its whole length, and rule by rule. */
export function withFile(result: QcResult, judged: JudgedFile, mark?: MarkEvents): QcResult {
  const { media } = judged;
  const found = fileEvents(judged, result.frames);
  const marked = mark?.(found) ?? found;
  const events = [...result.events, ...marked].sort(
    (a, b) => a.startFrame - b.startFrame || a.check.localeCompare(b.check),
  );
  const checks = [
    ...result.summary.checks,
    ...media.rules.map(({ id }) => id),
    ...(media.mediaconch.notRun === undefined ? ['file-mediaconch'] : []),
    ...(media.dv ? ['dv-errors'] : []),
  ];
  return { ...result, events, media, summary: { ...result.summary, ...countEvents(events), checks } };
}

/** What is told beside a damaged structure, where each rule's own advice would make the damage a good file. */
const wholeCopyFirst =
  'It follows from the damage: find a whole copy, as mending this one would hide what is missing.';

function eventOf({ id, severity, expected, measured, message }: FileRule, isDamaged: boolean) {
  const check = fileChecks.find((one) => one.id === id);
  const remedy = isDamaged && check?.followsDamage ? wholeCopyFirst : (check?.remedy ?? '');
  return {
    check: id,
    severity,
    evidence: { measured, expected },
    message: `${message} ${remedy}`.trim(),
  };
}

function mediaconchEvents({ problems, applied, passed }: MediaconchVerdict) {
  const [first] = problems;
  if (!first) return [];
  return [
    {
      check: 'file-mediaconch',
      severity: 'warn' as const,
      evidence: { problems: problems.length, applied, passed },
      message: `MediaConch found ${problems.length} problems, the first: ${first.rule}, ${first.what}. Read its report with: helical qc read.`,
    },
  ];
}
