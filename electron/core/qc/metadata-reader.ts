/** One frame or audio block as ffmpeg's (a)metadata filter prints it. */
export interface MetadataFrame {
  /** Frame or block, counted from 0. */
  index: number;
  timeS: number;
  values: Map<string, number>;
}

/**
 * Reads what `metadata=mode=print` writes, piece by piece: a `frame:` line, then `key=value` lines. A frame is given
 * out when the next one begins or at the end, since only then it is whole. ffmpeg 5.1 to 8 write the same form.
 */
export function createMetadataReader(onFrame: (frame: MetadataFrame) => void): {
  write(text: string): void;
  end(): void;
} {
  let rest = '';
  let current: MetadataFrame | undefined;

  function takeLine(line: string): void {
    const head = /^frame:(\d+)\s+pts:\S+\s+pts_time:(\S+)/.exec(line);
    if (head) {
      if (current) onFrame(current);
      current = { index: Number(head[1]), timeS: Number(head[2]), values: new Map() };
      return;
    }
    const equals = line.indexOf('=');
    if (equals > 0 && current) current.values.set(line.slice(0, equals), toLevel(line.slice(equals + 1)));
  }

  return {
    write(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) takeLine(line);
    },
    end() {
      // An unfinished last line is half a number: better no value than a wrong one.
      rest = '';
      if (current) onFrame(current);
      current = undefined;
    },
  };
}

/** Numbers, and astats' `-inf` and `inf` and `nan`. */
function toLevel(text: string): number {
  if (text === '-inf') return Number.NEGATIVE_INFINITY;
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  return Number(text);
}
