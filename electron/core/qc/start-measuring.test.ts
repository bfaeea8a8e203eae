import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { beforeAll, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { numberedTimesFilters } from '#core/ffmpeg/numbered-times.ts';
import { runFfmpeg, runTool } from '#core/ffmpeg/run.ts';
import type { QcEvent } from '#shared/domain/qc.ts';
import { measuresFor } from './every-measure.ts';
import type { MeasuringJob } from './measuring.ts';
import { rawPictureOf } from './picture/raw-picture.ts';
import { type RunningMeasuring, startMeasuring } from './start-measuring.ts';

const raw = rawPictureOf('yuv420p', 64, 48);
const frameRate = { num: 25, den: 1 };
const job = {
  picture: { raw, raster: { ...raw, fieldOrder: 'progressive', frameRate, standard: 'other' } },
  sound: { channels: 1, sampleRateHz: 48_000, frameRate },
} satisfies MeasuringJob;
const columns = measuresFor(1).map(({ id }) => id);
const place = (id: string) => columns.indexOf(id);
/** Luma is 16 and one more with each picture; the sound is on in every second one. */
const scene = "color=black:s=64x48:r=25:d=2,geq=lum='16+N':cb=128:cr=128,format=yuv420p";
const sound = "aevalsrc='0.5*sin(2*PI*1000*t)*mod(floor(t*25+0.001),2)':s=48000:d=2";

const nobody = { onRows: () => undefined };

let ffmpegPath: string;
beforeAll(async () => {
  ({ ffmpegPath } = await locateFfmpeg());
});

async function decode({ picture, sound: heard }: RunningMeasuring, lost = '', gap = '') {
  const graph = [`[0:v]${lost}${gap}${picture?.filter}[v]`, `[1:a]${gap && `a${gap}`}${heard?.filter}[a]`];
  return runFfmpeg(ffmpegPath, [
    ...['-v', 'error', '-f', 'lavfi', '-i', scene, '-f', 'lavfi', '-i', sound],
    ...['-filter_complex', graph.join(';')],
    ...['-map', '[v]', ...(picture?.output ?? []), '-map', '[a]', ...(heard?.output ?? [])],
  ]);
}

/** `lost`: a filter that leaves out pictures, as a file lacks them; `gap`: that leaves out sound as well, since nobody had time for it. */
async function measured({ lost = '', gap = '', isNumbered = false } = {}): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  const numbered = { ...job, picture: { ...job.picture, isNumbered } };
  const measuring = await startMeasuring(numbered, {
    onRows(values, count) {
      for (let row = 0; row < count; row++) {
        rows.push(values.slice(row * columns.length, (row + 1) * columns.length));
      }
    },
  });
  if (gap) measuring.leaveGaps();
  expect(await decode(measuring, lost, gap)).toMatchObject({ reason: 'finished', stderrTail: '' });
  measuring.decoderEnded();
  expect(await measuring.ended).toMatchObject({ reason: 'done' });
  return rows;
}

it('brings every picture and its own sound into one row', async () => {
  const rows = await measured();
  expect(rows.map((row) => row[place('yAvg')])).toEqual(Array.from({ length: 50 }, (_, frame) => 16 + frame));
  expect(rows.map((row) => (row[place('peakDbfs.1')] as number) > -10)).toEqual(
    Array.from({ length: 50 }, (_, frame) => frame % 2 === 1),
  );
});

it('numbers frames by their time where some were left out', async () => {
  const rows = await measured({ gap: "select='not(between(t,0.799,1.199))'," });
  const frames = Array.from({ length: 50 }, (_, frame) => frame);
  expect(rows.map((row) => row[place('yAvg')])).toEqual(
    frames.map((frame) => (frame < 20 || frame >= 30 ? 16 + frame : Number.NaN)),
  );
  // What is before the gap is nothing to compare with.
  expect(rows[30]?.[place('yDif')]).toBeNaN();
  expect(rows[31]?.[place('yDif')]).toBe(1);
  const heard = frames.filter((frame) => (rows[frame]?.[place('peakDbfs.1')] as number) > -10);
  expect(heard.filter((frame) => frame < 20 || frame > 31)).toEqual(
    frames.filter((frame) => frame % 2 === 1 && (frame < 20 || frame > 31)),
  );
});

it.each([
  ['eleven of which are missing', 'not(between(n,20,30))', (frame: number) => frame < 20 || frame > 30],
  ['at a rate that varies', 'not(eq(mod(n,5),1)+eq(mod(n,7),3))', (n: number) => n % 5 !== 1 && n % 7 !== 3],
])('gives each picture what is heard while it stands, of pictures %s', async (_, expression, isThere) => {
  const rows = await measured({ lost: `select='${expression}',` });
  const there = Array.from({ length: 50 }, (__, frame) => frame).filter(isThere);
  expect(rows.map((row) => row[place('yAvg')])).toEqual(there.map((frame) => 16 + frame));
  const isHeard = (frame: number, at: number) => {
    for (let one = frame; one < (there[at + 1] ?? frame + 1); one++) if (one % 2 === 1) return true;
    return false;
  };
  expect(rows.map((row) => (row[place('peakDbfs.1')] as number) > -10)).toEqual(there.map(isHeard));
  expect(rows.at(-1)?.[columns.length - 1]).toBe(0);
});

it('keeps the sound beside pictures that are told by their numbers, as behind the gate of a follower, where frames are missing', async () => {
  const filters = numberedTimesFilters(job.picture.raster.frameRate).join(',');
  const lost = `select='not(between(n,20,30))',${filters},`;
  const isHeard = (row: Float32Array) => (row[place('peakDbfs.1')] as number) > -10;
  const whole = await measured({ lost, isNumbered: true });
  expect(whole).toHaveLength(39);
  // Eleven are missing: from there on an odd picture of the source has an even number.
  expect(whole.map(isHeard)).toEqual(
    whole.map((_, frame) => (frame < 19 ? frame % 2 === 1 : frame === 19 || frame % 2 === 0)),
  );
  expect(whole.at(-1)?.[columns.length - 1]).toBe(0);
  // Pictures that nobody had time for keep their numbers.
  const partly = await measured({ lost, gap: "select='not(between(t,1.4,1.59))',", isNumbered: true });
  expect(partly.slice(30).map((row) => row[place('yAvg')])).toEqual(
    Array.from({ length: partly.length - 30 }, (_, at) => (at >= 5 && at < 10 ? Number.NaN : 16 + 41 + at)),
  );
});

it('takes no decode with it when it ends, and says so', async () => {
  const measuring = await startMeasuring(job, nobody);
  const decoded = decode(measuring);
  await measuring.stop();
  expect(await measuring.ended).toMatchObject({ reason: 'failed', problem: 'Measuring was stopped.' });
  expect(await decoded).toMatchObject({ reason: 'finished' });
});

it('names what went wrong in an instrument, and lets the decode go on', async () => {
  // Pictures of another size than was said: what every error in the thread looks like from here.
  const wrong = { raw: rawPictureOf('yuv420p', 32, 48), raster: job.picture?.raster };
  const measuring = await startMeasuring({ ...job, picture: wrong as MeasuringJob['picture'] }, nobody);
  const picture = { filter: 'null', output: measuring.picture?.output ?? [] };
  expect(await decode({ ...measuring, picture })).toMatchObject({ reason: 'finished' });
  measuring.decoderEnded();
  expect(await measuring.ended).toEqual({
    reason: 'failed',
    problem: 'Measuring failed: A picture has 4608 bytes instead of 2304.',
  });
});

it('ends when no decoder ever came, and leaves no sockets behind', async () => {
  const measuring = await startMeasuring(job, nobody);
  const folder = /unix\\:(.*)\/picture\|/.exec(measuring.picture?.output.at(-1) ?? '')?.[1];
  expect(folder !== undefined && existsSync(folder)).toBe(process.platform !== 'win32');
  measuring.decoderEnded();
  expect(await measuring.ended).toMatchObject({ reason: 'done' });
  expect(folder !== undefined && existsSync(folder)).toBe(false);
});

it('loses nothing of a decoder that has ended before the instruments are loaded', async () => {
  const end = await runTool(ffmpegPath, [
    ...['-v', 'error', '-f', 'lavfi', '-i', scene, '-frames:v', '1'],
    ...['-c:v', 'rawvideo', '-f', 'nut', '-'],
  ]);
  const sent = 'stdout' in end ? end.stdout : Buffer.alloc(0);
  let frames = 0;
  const measuring = await startMeasuring(
    { ...job, sound: undefined },
    {
      onRows: (_values, count) => {
        frames += count;
      },
    },
  );
  const address = /(?:unix\\:([^|]*)|127\.0\.0\.1\\:(\d+))\|/.exec(measuring.picture?.output.at(-1) ?? '');
  const client = address?.[1] ? connect(address[1]) : connect(Number(address?.[2]), '127.0.0.1');
  await new Promise((connected) => client.end(sent, () => connected(undefined)));
  measuring.decoderEnded();
  expect(await measuring.ended).toMatchObject({ reason: 'done' });
  expect(frames).toBe(1);
});

it('tells what it sees while the decode goes on', async () => {
  const seen = Promise.withResolvers<[QcEvent[], number]>();
  const description = { frameRate, bitDepth: 8, channels: 1, standard: 'other' };
  const profile = { id: 'test', name: '', description: '', checks: {} };
  const measuring = await startMeasuring(
    job,
    { ...nobody, onJudged: (events, firstFrame) => seen.resolve([events, firstFrame]) },
    { live: { profile, description } },
  );
  const stopping = new AbortController();
  // A source at the pace of a tape, that does not end by itself.
  const decoded = runFfmpeg(
    ffmpegPath,
    [
      ...['-v', 'error', '-re', '-f', 'lavfi', '-i', 'color=blue:s=64x48:r=25'],
      ...['-re', '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=mono'],
      ...['-filter_complex', `[0:v]${measuring.picture?.filter}[v];[1:a]${measuring.sound?.filter}[a]`],
      ...['-map', '[v]', ...(measuring.picture?.output ?? [])],
      ...['-map', '[a]', ...(measuring.sound?.output ?? [])],
    ],
    { signal: stopping.signal },
  );
  const [events, firstFrame] = await seen.promise;
  expect(events.find(({ check }) => check === 'signal-loss')).toMatchObject({ startFrame: 0 });
  expect(firstFrame).toBe(0);
  stopping.abort();
  await decoded;
  await measuring.stop();
});
