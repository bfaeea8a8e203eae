import { askMediaconch, locateMediaconch } from '#core/ffmpeg/mediaconch.ts';
import { createMediaconchVisitor } from '#core/qc/reports/mediaconch-reader.ts';
import { createXmlReader, XmlFault } from '#core/qc/reports/xml-reader.ts';
import type { MediaconchVerdict } from '#shared/domain/qc.ts';

const mostProblems = 200;

/**
 * What MediaConch says of a file, where it is installed: its own report beside a summary. Says so where it is not, and where it
 * gave no report. HelicalError INVALID_INPUT for a HELICAL_MEDIACONCH that is no program.
 */
export async function mediaconchVerdict(path: string, signal?: AbortSignal): Promise<MediaconchVerdict> {
  const none = { applied: 0, passed: 0, problems: [] };
  const mediaconchPath = await locateMediaconch();
  if (mediaconchPath === undefined) return { ...none, notRun: 'MediaConch is not installed' };
  const said = await askMediaconch(mediaconchPath, path, signal);
  if ('problem' in said) return { ...none, notRun: `MediaConch gave no report: ${said.problem}` };
  const visitor = createMediaconchVisitor();
  try {
    const reader = createXmlReader(visitor);
    reader.write(said.report);
    reader.end();
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    return { ...none, notRun: `MediaConch's report cannot be read: ${error.message}` };
  }
  const [media] = visitor.media;
  if (!media) return { ...none, notRun: "MediaConch's report is empty" };
  return {
    applied: media.applied,
    passed: media.passed,
    problems: media.problems.slice(0, mostProblems).map(({ rule, outcome, reason, actual, requested }) => ({
      rule,
      what: [outcome, reason, actual && `found ${actual}`, requested && `asked ${requested}`]
        .filter(Boolean)
        .join(', '),
    })),
    report: said.report,
  };
}
