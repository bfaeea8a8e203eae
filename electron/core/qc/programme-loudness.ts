import type { ProgrammeLoudness } from '#shared/domain/qc.ts';
import { audioColumn } from './measures.ts';
import type { Series } from './series.ts';

/** ITU-R BS.1770-5, annex 1: quieter blocks are silence, and do not count. */
const absoluteGateLufs = -70;
/** The same: of what counts, what is so much below its mean does not. */
const relativeGateLu = -10;

/**
 * Integrated loudness and true peak of the whole tape (EBU R 128), pair by pair, a channel without a partner by itself. From what was
 * measured per picture: the blocks of 0.4 s that the gates look at follow each other by a picture, where the standard has them
 * follow by 0.1 s. All channels, also those that are not judged. Values are absent where nothing is louder than the gate, or was measured.
 */
export function programmeLoudness(series: Series): ProgrammeLoudness[] {
  return Array.from({ length: Math.ceil(series.channels / 2) }, (_, pair) => {
    const channels = [2 * pair + 1, 2 * pair + 2].filter((channel) => channel <= series.channels);
    const columnsOf = (id: string) => channels.map((channel) => series.column(audioColumn(id, channel)));
    const integratedLufs = integratedOf(columnsOf('momentaryLufs'), series.frames);
    const truePeakDbfs = highestOf(columnsOf('truePeakDbfs'));
    return {
      channels,
      ...(integratedLufs === undefined ? {} : { integratedLufs }),
      ...(truePeakDbfs === undefined ? {} : { truePeakDbfs }),
    };
  });
}

function integratedOf(columns: readonly Float32Array[], frames: number): number | undefined {
  const powers = new Float64Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    for (const column of columns) {
      // A channel that says nothing (the first 0.4 s, sound that ended) makes the block none: NaN passes no gate.
      powers[frame] = (powers[frame] as number) + 10 ** ((column[frame] as number) / 10);
    }
  }
  const audible = meanAbove(powers, 10 ** (absoluteGateLufs / 10));
  const mean = meanAbove(
    powers,
    Math.max(10 ** (absoluteGateLufs / 10), audible * 10 ** (relativeGateLu / 10)),
  );
  return Number.isNaN(mean) ? undefined : 10 * Math.log10(mean);
}

/** NaN where none is. */
function meanAbove(powers: Float64Array, gate: number): number {
  let [sum, count] = [0, 0];
  for (const power of powers) {
    if (!(power > gate)) continue;
    sum += power;
    count += 1;
  }
  return sum / count;
}

/** Undefined where nothing was measured, and for digital silence. */
function highestOf(columns: readonly Float32Array[]): number | undefined {
  let highest = Number.NEGATIVE_INFINITY;
  for (const column of columns) for (const value of column) if (value > highest) highest = value;
  return highest === Number.NEGATIVE_INFINITY ? undefined : highest;
}
