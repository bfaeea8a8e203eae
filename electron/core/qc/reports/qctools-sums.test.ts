import { execa } from 'execa';
import { expect, it } from 'vitest';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { soundLevels } from '#core/qc/sound/levels.ts';
import { soundLoudness } from '#core/qc/sound/loudness.ts';
import { hiss, mix, music, speech } from '#core/qc/sound/programme.fixture.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import { sumLanes } from './qctools-sums.ts';

const seconds = 2;
const left = mix(speech(-20, seconds), hiss(-60, seconds)).map((sample) => sample + 0.02);
const right = music(-14, seconds);

it('says of both channels together what astats and ebur128 say', async () => {
  const { ffmpegPath } = await locateFfmpeg();
  const woven = Float32Array.from({ length: left.length * 2 }, (_, at) =>
    at % 2 === 0 ? (left[at >> 1] as number) : (right[at >> 1] as number),
  );
  const input = ['-v', 'error', '-f', 'f32le', '-ar', '48000', '-ac', '2', '-i', '-'];
  const filter = 'asetnsamples=1920:p=0,astats=metadata=1:reset=1,ametadata=print:file=-';
  const { stdout } = await execa(ffmpegPath, [...input, '-af', filter, '-f', 'null', '-'], {
    input: Buffer.from(woven.buffer),
  });
  const frames = stdout.split(/^frame:/m).slice(1);
  const kinds = [soundLevels, soundLoudness];
  const series = measureSound([left, right], {}, kinds);
  const measures = kinds.flatMap((kind) => kind.measures(2)).map((one) => ({ ...one, key: one.key }));
  const lanes = sumLanes(
    { series, measures },
    measures.map(({ id }) => series.column(id)),
  );
  expect(lanes.map(({ key }) => key)).toContain('lavfi.r128.M');
  for (const { key, value } of lanes.filter((lane) => lane.key.includes('astats'))) {
    for (const [at, text] of frames.entries()) {
      const said = text.split('\n').find((line) => line.startsWith(`${key}=`));
      expect(value(at), `${key} of frame ${at}`).toBeCloseTo(Number(said?.split('=')[1]), 4);
    }
  }
  expect(frames).toHaveLength(series.frames);
});
