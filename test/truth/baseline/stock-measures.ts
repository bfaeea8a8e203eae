import { runTool } from '#core/ffmpeg/run.ts';
import type { Label } from '../label.ts';

/** What stock filters print about a tape: a number a frame under each key, and the stretches that detectors name. */
export interface StockMeasures {
  frames: number;
  framesPerSecond: number;
  /** NaN where nothing was printed for a frame. */
  column(key: string): Float64Array;
  black: { startS: number; endS: number }[];
  silence: { startS: number; endS: number; channel: number }[];
  soundS: number;
}

/** One pass of stock ffmpeg with the filters whose limits are published. Throws where ffmpeg fails. */
export async function stockMeasures(path: string, label: Label, ffmpegPath: string): Promise<StockMeasures> {
  const [num, den] = label.system === 'PAL' ? [25, 1] : [30_000, 1001];
  const samples = Math.round((48_000 * den) / num);
  const graph = [
    '[0:v]split=3[whole][a][b]',
    '[a]field=top[top];[b]field=bottom[bottom];[top][bottom]psnr,metadata=print:direct=1:file=-[fields]',
    '[whole]blackdetect,idet,signalstats=stat=tout+vrep+brng,metadata=print:direct=1:file=-[v]',
    `[0:a]silencedetect=n=0.001:d=2:mono=1,asetnsamples=n=${samples}:p=0,aphasemeter=video=0,` +
      'astats=metadata=1:reset=1,ametadata=print:direct=1:file=-[s]',
  ].join(';');
  const end = await runTool(
    ffmpegPath,
    ['-hide_banner', '-nostdin', '-nostats', '-v', 'info', '-i', path, '-filter_complex', graph]
      .concat(['-map', '[v]', '-map', '[fields]', '-f', 'null', '-'])
      .concat(['-map', '[s]', '-f', 'null', '-']),
    { maximumStdoutBytes: 512 * 1024 * 1024, stderrTailBytes: 1024 * 1024 },
  );
  if (end.reason !== 'finished') {
    throw new Error(`the stock filters ${end.reason} on ${path}: ${'lastError' in end ? end.lastError : ''}`);
  }
  return readPrinted(end.stdout.toString('utf8'), end.stderrTail, label.frames, num / den);
}

/** Reads what `metadata=print` and the detectors wrote. Lines of several filters may lie between each other, whole lines never. */
export function readPrinted(
  printed: string,
  logged: string,
  frames: number,
  framesPerSecond: number,
): StockMeasures {
  const columns = new Map<string, Float64Array>();
  let frame = -1;
  let soundS = 0;
  for (const line of printed.split('\n')) {
    if (line.startsWith('frame:')) {
      const time = Number(/pts_time:([\d.]+)/.exec(line)?.[1]);
      frame = Math.round(time * framesPerSecond);
      continue;
    }
    const [key, value] = line.split('=');
    if (!key || value === undefined || frame < 0) continue;
    if (key.startsWith('lavfi.astats')) soundS = Math.max(soundS, (frame + 1) / framesPerSecond);
    if (frame >= frames) continue;
    let column = columns.get(key);
    if (!column) {
      column = new Float64Array(frames).fill(Number.NaN);
      columns.set(key, column);
    }
    column[frame] = value === '-inf' ? Number.NEGATIVE_INFINITY : Number(value);
  }
  const nothing = new Float64Array(frames).fill(Number.NaN);
  return {
    frames,
    framesPerSecond,
    column: (key) => columns.get(key) ?? nothing,
    black: [...logged.matchAll(/black_start:([\d.]+) black_end:([\d.]+)/g)].map((found) => ({
      startS: Number(found[1]),
      endS: Number(found[2]),
    })),
    silence: readSilence(logged, frames / framesPerSecond),
    soundS,
  };
}

function readSilence(logged: string, endS: number): StockMeasures['silence'] {
  const found: StockMeasures['silence'] = [];
  const open = new Map<number, number>();
  for (const line of logged.matchAll(/channel: (\d+) \| silence_(start|end): (-?[\d.]+)/g)) {
    const channel = Number(line[1]) + 1;
    if (line[2] === 'start') open.set(channel, Math.max(0, Number(line[3])));
    else {
      found.push({ startS: open.get(channel) ?? 0, endS: Number(line[3]), channel });
      open.delete(channel);
    }
  }
  for (const [channel, startS] of open) found.push({ startS, endS, channel });
  return found;
}
