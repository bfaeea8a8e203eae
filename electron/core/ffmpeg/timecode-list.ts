/** A timecode as a source gave it for one frame. `frame` counts the frames that were recorded, from 0. */
export interface ListedTimecode {
  frame: number;
  timecode: string;
  /** When the frame came, in seconds of the source; NaN where it does not say. */
  timeS: number;
}

/** Longer is no line of such a list. */
const longestLine = 1000;

/**
 * Reads a list of timecodes while it grows: what ffmpeg's `metadata=mode=print:key=…` writes, a line `frame:N pts:… pts_time:…`
 * and a line `KEY=VALUE`. Frames without a value are not in it. A last line that is cut is no line; one that is no timecode
 * is left out. ffmpeg 5.1 to 8 write the same form.
 */
export function createTimecodeListReader(onTimecode: (listed: ListedTimecode) => void): {
  write(text: string): void;
} {
  let rest = '';
  let frame: number | undefined;
  let timeS = Number.NaN;

  function takeLine(line: string): void {
    const head = /^frame:(\d{1,15})\s+pts:\S+(?:\s+pts_time:(\S+))?/.exec(line);
    if (head) {
      frame = Number(head[1]);
      timeS = Number(head[2]);
      return;
    }
    const equals = line.indexOf('=');
    const timecode = equals > 0 ? normalTimecode(line.slice(equals + 1)) : undefined;
    if (timecode !== undefined && frame !== undefined) onTimecode({ frame, timecode, timeS });
    frame = undefined;
  }

  return {
    write(text) {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(-longestLine);
      for (const line of lines) takeLine(line.trimEnd());
    },
  };
}

/** Writes one frame as ffmpeg does, so that lists of other origin are read the same way. */
export function timecodeListEntry(frame: number, timeS: number, timecode: string): string {
  return `frame:${String(frame).padEnd(4)} pts:${frame}      pts_time:${timeS}\ntimecode=${timecode}\n`;
}

/**
 * `HH:MM:SS:FF`, or `HH:MM:SS;FF` for drop-frame counting, from the ways in which cards write it: `.` and `,` in front of the
 * frames mark the second field. Undefined for anything else.
 */
export function normalTimecode(text: string): string | undefined {
  const match = /^(\d\d:[0-5]\d:[0-5]\d)([:;.,])(\d\d)$/.exec(text.trim());
  if (!match) return undefined;
  return `${match[1]}${match[2] === ';' || match[2] === ',' ? ';' : ':'}${match[3]}`;
}
