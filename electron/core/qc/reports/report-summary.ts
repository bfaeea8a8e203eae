import { formatRational } from '#shared/domain/rational.ts';
import { readForeignReport } from './foreign-report.ts';
import { qctoolsSeries } from './qctools-series.ts';

/** What another tool's report says, in short, and whether it speaks against the file. */
export interface ReportSummary {
  tool: 'qctools' | 'mediaconch' | 'dvrescue';
  /** False where the report is cut: what is told here is what it still holds. */
  isWhole: boolean;
  /** Media files that the report is about, by the names it gives them. */
  files: {
    name: string;
    /** Frames that were looked at; undefined for checks of the container. */
    frames: number | undefined;
    /** What was measured, or which rules were applied, as `key value`. */
    facts: Record<string, string | number>;
    problems: { where: string; what: string }[];
  }[];
}

/** Reads any report that is known and sums it up. HelicalError FILE_UNREADABLE. */
export async function summariseReport(path: string): Promise<ReportSummary> {
  const report = await readForeignReport(path);
  const { tool, isWhole } = report;
  if (tool === 'mediaconch') {
    const files = report.media.map(({ name, applied, passed, problems }) => ({
      name,
      frames: undefined,
      facts: { applied, passed },
      problems: problems.map(({ rule, outcome, reason, actual, requested, offset }) => ({
        where: offset === undefined ? rule : `${rule}, byte ${offset}`,
        what: [outcome, reason, actual && `found ${actual}`, requested && `asked ${requested}`]
          .filter(Boolean)
          .join(', '),
      })),
    }));
    return { tool, isWhole, files };
  }
  if (tool === 'dvrescue') {
    const { dv } = report;
    const problems = dv.faulty.map(({ frame, timecode, videoBlocks, audioBlocks, concealed, jumps }) => ({
      where: timecode === undefined ? `frame ${frame}` : `frame ${frame}, ${timecode}`,
      what: [
        videoBlocks.size > 0 &&
          `${[...videoBlocks.values()].reduce((sum, count) => sum + count, 0)} video blocks`,
        audioBlocks > 0 && `${audioBlocks} audio blocks`,
        concealed.video && 'picture made up',
        concealed.audio && 'sound made up',
        jumps && 'does not follow the frame before',
      ]
        .filter(Boolean)
        .join(', '),
    }));
    if (dv.problem !== undefined) problems.unshift({ where: 'file', what: dv.problem });
    return {
      tool,
      isWhole,
      files: [{ name: '', frames: dv.frames, facts: { recordings: dv.runs.length }, problems }],
    };
  }
  const { series, measures } = qctoolsSeries(report.qctools, path);
  const comments = [...report.qctools.streams.values()].flatMap((stream) => stream.comments);
  return {
    tool,
    isWhole,
    files: [
      {
        name: report.qctools.mediaName ?? '',
        frames: series.frames,
        facts: {
          frameRate: formatRational(series.frameRate),
          bitDepth: series.bitDepth,
          channels: series.channels,
          measures: measures.length,
          ...(report.qctools.writer ? { writer: report.qctools.writer } : {}),
        },
        problems: comments.map(({ frame, text }) => ({ where: `frame ${frame}`, what: `comment: ${text}` })),
      },
    ],
  };
}
