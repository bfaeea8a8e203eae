import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { programmeLoudness } from '../programme-loudness.ts';
import type { Series } from '../series.ts';
import { soundLevels } from './levels.ts';
import { soundLoudness } from './loudness.ts';
import { between, hiss, mix, music, type Sound, speech, tone } from './programme.fixture.ts';
import { measureSound } from './sound-of.fixture.ts';
import { soundTruePeak } from './true-peak.ts';

const seconds = 3;
let folder: string;
let ffmpegPath: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helical-sound-test-'));
  ({ ffmpegPath } = await locateFfmpeg());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a filter of ffmpeg prints of two channels, block by block: one map of keys a block. */
async function printed(
  channels: readonly Sound[],
  rate: number,
  filter: string,
): Promise<Map<string, number>[]> {
  const path = join(folder, `${rate}.f32`);
  const [first, second] = channels as [Sound, Sound];
  const woven = Float32Array.from({ length: first.length * 2 }, (_, at) =>
    at % 2 === 0 ? (first[at >> 1] as number) : (second[at >> 1] as number),
  );
  await writeFile(path, woven);
  const input = ['-f', 'f32le', '-ar', String(rate), '-ac', '2', '-i', path];
  const graph = `${filter},ametadata=mode=print:file=-`;
  const { stdout } = await execa(ffmpegPath, ['-v', 'error', ...input, '-af', graph, '-f', 'null', '-']);
  const blocks: Map<string, number>[] = [];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('frame:')) blocks.push(new Map());
    const [key, value] = line.split('=') as [string, string | undefined];
    if (value !== undefined)
      blocks.at(-1)?.set(key, value === '-inf' ? Number.NEGATIVE_INFINITY : Number(value));
  }
  return blocks;
}

/** Sounds with every trait that the levels read: silence, direct current, flat tops, a tone that only touches its peak. */
const left = between(mix(speech(-20, seconds), hiss(-60, seconds)), 1, 1.5, () => 0);
const right = between(
  between(mix(music(-14, seconds), tone(440, -20, seconds)), 0.5, 1, (sample) =>
    Math.max(-0.1, Math.min(0.2, sample * 3)),
  ),
  2,
  2.5,
  (sample) => sample + 0.05,
);

it('reads levels, flatness, direct current and steps between samples as astats does', async () => {
  const blocks = await printed([left, right], 48_000, 'asetnsamples=1920:p=0,astats=metadata=1:reset=1');
  const series = measureSound([left, right], {}, [soundLevels]);
  expect(blocks).toHaveLength(series.frames);
  for (const { id, key = '' } of soundLevels.measures(2)) {
    const column = series.column(id);
    const worst = blocks.reduce((most, block, frame) => {
      const theirs = block.get(key) as number;
      const ours = column[frame] as number;
      return theirs === ours ? most : Math.max(most, Math.abs(theirs - ours));
    }, 0);
    expect({ id, worst }).toEqual({ id, worst: expect.closeTo(0, 4) });
  }
  // The comparison would hold for silence alone.
  expect(Math.max(...series.column('flatFactor.2'))).toBeGreaterThan(10);
});

describe.each([48_000, 44_100])('at %i Hz', (rate) => {
  it('reads momentary loudness as ebur128 does', async () => {
    const sounds = [
      mix(speech(-20, seconds, 5, rate), hiss(-60, seconds, 6, rate)),
      mix(music(-24, seconds, 7, rate), tone(6000, -30, seconds, rate)),
    ];
    const blocks = await printed(sounds, rate, 'ebur128=metadata=1');
    const series: Series = measureSound(sounds, { sampleRateHz: rate }, [soundLoudness]);
    const power = (channel: number, frame: number) =>
      10 ** ((series.column(`momentaryLufs.${channel}`)[frame] as number) / 10);
    let compared = 0;
    // ffmpeg gives a value every 100 ms: every fifth picture's end is one of its ends.
    for (let frame = 9; frame < series.frames; frame += 5) {
      const ours = 10 * Math.log10(power(1, frame) + power(2, frame));
      const theirs = blocks[((frame + 1) * 2) / 5 - 1]?.get('lavfi.r128.M') as number;
      expect(Math.abs(ours - theirs)).toBeLessThan(0.1);
      compared++;
    }
    expect(compared).toBeGreaterThan(10);
    expect([...series.column('momentaryLufs.1').subarray(0, 9)].every(Number.isNaN)).toBe(true);
  });

  it('reads integrated loudness and true peak as ebur128 does', async () => {
    // Quiet and loud in turns, so that the gates have something to leave out; and a tone whose crests lie between samples.
    const loud = mix(music(-16, 6, 7, rate), tone(rate / 4 - 300, -24, 6, rate));
    const sounds = [between(loud, 2, 4, (sample) => sample * 0.05, rate), hiss(-40, 6, 5, rate)];
    const theirs = (await printed(sounds, rate, 'ebur128=metadata=1:peak=true')).at(-1);
    const series = measureSound(sounds, { sampleRateHz: rate }, [soundLoudness, soundTruePeak]);
    const [ours] = programmeLoudness(series);
    expect(ours?.channels).toEqual([1, 2]);
    expect(ours?.integratedLufs).toBeCloseTo(theirs?.get('lavfi.r128.I') as number, 0);
    expect(Math.abs((ours?.integratedLufs as number) - (theirs?.get('lavfi.r128.I') as number))).toBeLessThan(
      0.2,
    );
    const peaks = [1, 2].map((channel) => theirs?.get(`lavfi.r128.true_peaks_ch${channel - 1}`) as number);
    expect(Math.abs((ours?.truePeakDbfs as number) - 20 * Math.log10(Math.max(...peaks)))).toBeLessThan(0.2);
  });

  it('finds the crests of a sine that all lie between its samples', () => {
    const sine = Float32Array.from({ length: rate }, (_, at) => (at % 4 < 2 ? Math.SQRT1_2 : -Math.SQRT1_2));
    const series = measureSound([sine], { sampleRateHz: rate }, [soundLevels, soundTruePeak]);
    expect(series.column('peakDbfs.1')[10]).toBeCloseTo(-3.01, 2);
    // EBU Tech 3341: 0.2 dB too high or 0.4 dB too low are allowed.
    expect(series.column('truePeakDbfs.1')[10]).toBeGreaterThan(-0.4);
    expect(series.column('truePeakDbfs.1')[10]).toBeLessThan(0.2);
    expect(programmeLoudness(measureSound([new Float32Array(rate)], { sampleRateHz: rate }))).toEqual([
      { channels: [1] },
    ]);
  });

  it('reads -3.01 LUFS for a full-scale sine of 997 Hz, as the standard says', () => {
    const series = measureSound([tone(997, -3.0103, 1, rate)], { sampleRateHz: rate }, [soundLoudness]);
    expect(series.column('momentaryLufs.1').at(-1)).toBeCloseTo(-3.01, 1);
  });
});
