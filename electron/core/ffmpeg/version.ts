/** What `ffmpeg -version` and `ffprobe -version` say about themselves. */
export interface ToolVersion {
  /** As written by the tool: `5.1.9-0+deb12u1`, `n7.1`, `N-117770-g322b240cea`. */
  readonly text: string;
  /** The configure line: what it was built with, without `configuration: `. */
  readonly configuration: string;
  /** libavcodec's version, the only number that builds from git carry. */
  readonly libavcodec: readonly [major: number, minor: number] | undefined;
}

/** The oldest release that has every option Helical uses (`-fps_mode`), the one Debian 12 ships. */
export const oldestFfmpeg = '5.1';

/** libavcodec of release 5.1.0, for builds that carry no release number. */
const oldestLibavcodec = [59, 37] as const;

/** Reads the output of `-version`. Undefined when it is not ffmpeg's or ffprobe's. */
export function parseVersion(output: string): ToolVersion | undefined {
  const text = /^ff(?:mpeg|probe) version (\S+)/m.exec(output)?.[1];
  if (text === undefined) return undefined;
  const codec = /^libavcodec\s+(\d+)\.\s*(\d+)\./m.exec(output);
  return {
    text,
    configuration: /^configuration:[ ]?(.*)$/m.exec(output)?.[1]?.trim() ?? '',
    libavcodec: codec ? [Number(codec[1]), Number(codec[2])] : undefined,
  };
}

/**
 * True when the tool is release 5.1 or newer. A build from git has no release number
 * (`N-…`, `2024-11-01-git-…`): there libavcodec's version decides.
 */
export function isRecentEnough(version: ToolVersion): boolean {
  const release = /^n?(\d{1,2})\.(\d+)/.exec(version.text);
  if (release) return isAtLeast([Number(release[1]), Number(release[2])], [5, 1]);
  return version.libavcodec !== undefined && isAtLeast(version.libavcodec, oldestLibavcodec);
}

function isAtLeast(found: readonly [number, number], needed: readonly [number, number]): boolean {
  return found[0] > needed[0] || (found[0] === needed[0] && found[1] >= needed[1]);
}
