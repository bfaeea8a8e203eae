/** One block of ffmpeg's `-progress`. What ffmpeg does not know yet (`N/A`) is undefined, never zero. */
export interface Progress {
  /** Frames of the first video stream written so far. Undefined for jobs without video. */
  readonly frame: number | undefined;
  readonly fps: number | undefined;
  /** End of what is written, in microseconds of media time. */
  readonly outTimeUs: number | undefined;
  readonly totalSizeBytes: number | undefined;
  readonly dropFrames: number | undefined;
  readonly dupFrames: number | undefined;
  /** Media time over wall time: 1 is real time. */
  readonly speed: number | undefined;
  /** True for the last block, which ffmpeg writes when it ends in order. */
  readonly ended: boolean;
}

/**
 * Reads the complete blocks of a progress text and gives back what is left over (a block still being written).
 * A block ends with the line `progress=continue` or `progress=end` (ffmpeg.c, print_report).
 */
export function parseProgress(text: string): { readonly blocks: readonly Progress[]; readonly rest: string } {
  const blocks: Progress[] = [];
  let fields = new Map<string, string>();
  let restFrom = 0;
  let lineFrom = 0;
  for (let newline = text.indexOf('\n'); newline !== -1; newline = text.indexOf('\n', lineFrom)) {
    const line = text.slice(lineFrom, newline);
    lineFrom = newline + 1;
    const equals = line.indexOf('=');
    if (equals === -1) continue;
    const key = line.slice(0, equals).trim();
    fields.set(key, line.slice(equals + 1).trim());
    if (key !== 'progress') continue;
    blocks.push(block(fields));
    fields = new Map();
    restFrom = lineFrom;
  }
  return { blocks, rest: text.slice(restFrom) };
}

/** The newest complete block of a progress file, or undefined when there is none yet. */
export function latestProgress(text: string): Progress | undefined {
  return parseProgress(text).blocks.at(-1);
}

/** A block is under 1 kB: what is longer without an end is no progress. */
const longestBlock = 64 * 1024;

/** Takes text as it comes, in pieces of any size, and tells of each complete block. */
export function createProgressReader(onProgress: (progress: Progress) => void): (chunk: string) => void {
  let pending = '';
  return (chunk) => {
    const { blocks, rest } = parseProgress(pending + chunk);
    pending = rest.slice(-longestBlock);
    for (const progress of blocks) onProgress(progress);
  };
}

function block(fields: ReadonlyMap<string, string>): Progress {
  const numberOf = (key: string): number | undefined => {
    const match = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)x?$/i.exec(fields.get(key) ?? '');
    return match ? Number(match[1]) : undefined;
  };
  return {
    frame: numberOf('frame'),
    fps: numberOf('fps'),
    outTimeUs: numberOf('out_time_us'),
    totalSizeBytes: numberOf('total_size'),
    dropFrames: numberOf('drop_frames'),
    dupFrames: numberOf('dup_frames'),
    speed: numberOf('speed'),
    ended: fields.get('progress') === 'end',
  };
}
