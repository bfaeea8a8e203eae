import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { timecodeBreaks, timecodeSources } from '#shared/domain/pass.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { parseTimecode } from '#shared/domain/timecode.ts';
import type { TapeTimecode, TimecodeRun } from '#shared/domain/timecode-runs.ts';

/** A tape whose count jumps with every frame would be as many runs as frames: what a screen can show of it is this. */
const mostRuns = 5_000;

type Break = TapeTimecode['breaks'][number];

/**
 * Reads a file of timecodes (docs/timecode-file.md) as runs: of each frame the source that stands first there. Midnight ends a run.
 * Rows that cannot be read are left out. Rejects with ENOENT where there is no file.
 */
export async function readTimecodeRuns(path: string, rate: Rational): Promise<TapeTimecode> {
  const runs: TimecodeRun[] = [];
  const breaks: Break[] = [];
  let run: TimecodeRun | undefined;
  let last = -1;
  let lastCount = Number.NaN;
  let isCut = false;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.startsWith('#')) {
      const found = breakOf(line);
      if (found && breaks.length < mostRuns) breaks.push(found);
      else isCut ||= found !== undefined;
      continue;
    }
    const [at, , source, timecode] = line.split('\t');
    const frame = Number(at);
    const known = timecodeSources.find((one) => one === source);
    if (!known || !timecode || !Number.isSafeInteger(frame) || frame <= last) continue;
    const count = parseTimecode(timecode, rate);
    const goesOn = run?.source === known && frame === last + 1 && count === lastCount + 1;
    [last, lastCount] = [frame, count ?? Number.NaN];
    if (run && goesOn) run.frames += 1;
    else {
      if (runs.length === mostRuns) {
        isCut = true;
        break;
      }
      run = { source: known, startFrame: frame, frames: 1, timecode };
      runs.push(run);
    }
  }
  const used = new Set(runs.map(({ source }) => source));
  return { runs, breaks: breaks.filter(({ source }) => used.has(source)), isCut };
}

/** `# broken: card gap at frame 1: 10:00:00:00 -> 10:00:40:01` */
function breakOf(line: string): Break | undefined {
  const match = /^# broken: (\S+) (\S+) at frame (\d+): (\S+) -> (\S+)$/.exec(line);
  const source = timecodeSources.find((one) => one === match?.[1]);
  const kind = timecodeBreaks.find((one) => one === match?.[2]);
  if (!match || !source || !kind) return undefined;
  const value = (text: string | undefined) => (text === undefined || text === '-' ? null : text);
  return { frame: Number(match[3]), source, kind, before: value(match[4]), after: value(match[5]) };
}
