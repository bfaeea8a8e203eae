import { locateTool } from './locate-tool.ts';
import { runTool } from './run.ts';

/** Path of MediaConch (`HELICAL_MEDIACONCH` names another); undefined where it is not installed. HelicalError INVALID_INPUT. */
export function locateMediaconch(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  return locateTool('mediaconch', 'HELICAL_MEDIACONCH', environment);
}

/** Its report of a file of a lab is some megabytes at most: it names each place of each fault. */
const longestReport = 64 * 1024 * 1024;

/**
 * Has MediaConch check a file against the standards (EBML, Matroska, FFV1, PCM) and gives its XML (`mediaconch -mc -fx`,
 * https://mediaarea.net/mediaconch). The file is only read. Never rejects: `problem` says why there is no report.
 */
export async function askMediaconch(
  mediaconchPath: string,
  path: string,
  signal?: AbortSignal,
): Promise<{ report: string } | { problem: string }> {
  const end = await runTool(mediaconchPath, ['-mc', '-fx', path], {
    signal,
    maximumStdoutBytes: longestReport,
  });
  if (end.reason === 'finished') return { report: end.stdout.toString('utf8') };
  if (end.reason === 'aborted') return { problem: 'it was ended before it was done' };
  return { problem: end.lastError };
}
