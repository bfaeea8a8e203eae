import { describe, expect, it } from 'vitest';
import { soundClipping } from '#core/qc/sound/clipping.ts';
import { soundLevels } from '#core/qc/sound/levels.ts';
import {
  amplified,
  between,
  hiss,
  mix,
  music,
  type Sound,
  speech,
  tone,
} from '#core/qc/sound/programme.fixture.ts';
import { measureSound } from '#core/qc/sound/sound-of.fixture.ts';
import { steadyTone } from '#core/qc/sound/steady-tone.ts';
import { audioClipping } from './audio-clipping.ts';
import { findingsOf, seriesOf, wobble } from './check-on.fixture.ts';

const seconds = 8;
const clean = mix(speech(-24, seconds), hiss(-62, seconds, 2));
const measured = (sound: Sound) => measureSound([sound], {}, [soundLevels, soundClipping]);
const cutAt = (ceiling: number) => (sample: number) => Math.max(-ceiling, Math.min(ceiling, sample));

describe('at full scale', () => {
  it('finds a single frame with a few clipped samples', () => {
    const loud = between(clean, 4, 4.04, (sample, index) => (index % 400 < 4 ? 1 : sample));
    expect(findingsOf(audioClipping, measured(loud))).toMatchObject([
      { startFrame: 100, endFrame: 100, severity: 'warn', channels: [1] },
    ]);
  });

  it('finds a passage that was too loud as one event, and says fail', () => {
    const loud = between(clean, 3, 6, (sample) => cutAt(1)(sample * 30));
    const [finding, ...others] = findingsOf(audioClipping, measured(loud));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: 'fail' });
    expect(finding?.startFrame).toBeGreaterThanOrEqual(74);
    expect(finding?.endFrame).toBeLessThanOrEqual(150);
  });

  it.each([31, 50, 440, 1000, 6000, 12_000])(
    'takes no clean full-scale tone of %i Hz for clipped',
    (hertz) => {
      expect(findingsOf(audioClipping, measured(tone(hertz, -3.0103, 1)))).toEqual([]);
    },
  );

  it('makes one event of peaks that now and then reach full scale, on both channels, and says no fail of few', () => {
    const loud = [1, 2].map((seed) =>
      [1, 2.6, 4.4, 6].reduce(
        (sound, at) =>
          between(sound, at + seed / 3, at + seed / 3 + 0.03, (sample, index) =>
            index % 960 < 4 ? 1 : sample,
          ),
        mix(hiss(-12, seconds, seed), hiss(-62, seconds, 2)),
      ),
    );
    const series = measureSound(loud, {}, [soundLevels, soundClipping]);
    expect(findingsOf(audioClipping, series)).toMatchObject([{ channels: [1, 2], severity: 'warn' }]);
  });

  it('believes the flat factor where a report of another tool has nothing else', () => {
    const column = (id: string) =>
      new Float32Array(50).fill({ 'peakDbfs.1': 0, 'flatFactor.1': 12 }[id] ?? Number.NaN);
    const series = { ...measured(tone(440, -20, 2)), column };
    expect(findingsOf(audioClipping, series)).toMatchObject([{ startFrame: 0, endFrame: 49 }]);
  });
});

describe('below full scale', () => {
  it.each([0.5, 0.1])('finds tops that are cut at %d, under the hiss of the tape', (ceiling) => {
    const driven = between(speech(-24, seconds), 2, 6, (sample) => cutAt(ceiling)(sample * 40 * ceiling));
    const found = findingsOf(audioClipping, measured(mix(driven, hiss(-66, seconds, 5))));
    expect(found).toMatchObject([{ severity: 'warn', channels: [1] }]);
    expect(found[0]?.startFrame).toBeGreaterThanOrEqual(49);
    expect(found[0]?.endFrame).toBeLessThanOrEqual(150);
  });

  it('finds three frames whose tops stand at exactly one level', () => {
    const driven = between(music(-24, seconds), 3, 3.12, (sample) => cutAt(0.5)(sample * 40));
    expect(findingsOf(audioClipping, measured(mix(driven, hiss(-80, seconds, 5))))).toHaveLength(1);
  });

  /** A bass drum of 50 Hz, struck every 1.3 s, which fades by half in a tenth of a second. */
  const drum = (): Sound => {
    const beat = 1.3 * 48_000;
    const fade = (index: number) => Math.exp(-(index % beat) / 48_000 / 0.15);
    return tone(50, -3.0103, seconds).map((_, index) => {
      const time = (index % beat) / 48_000;
      return fade(index) * Math.sin(2 * Math.PI * 50 * time);
    });
  };

  it('finds low notes that each reach one ceiling for a picture or two, as one event', () => {
    const driven = drum().map((sample) => cutAt(0.45)(0.6 * sample));
    const found = findingsOf(audioClipping, measured(mix(driven, hiss(-66, seconds, 5))));
    expect(found).toMatchObject([{ startFrame: 0, severity: 'warn', channels: [1] }]);
    expect(found[0]?.endFrame).toBeGreaterThan(190);
  });

  it('lets the same drum be where nothing cuts it', () => {
    expect(findingsOf(audioClipping, measured(mix(amplified(drum(), -5), hiss(-66, seconds))))).toEqual([]);
  });

  it('finds an amplifier that bends before it breaks, on one side only', () => {
    const bent = amplified(speech(-20, seconds), 14).map((sample) =>
      sample > 0 ? 0.4 * Math.tanh(sample / 0.4) : sample,
    );
    expect(findingsOf(audioClipping, measured(mix(amplified(bent, -4), hiss(-66, seconds))))).not.toEqual([]);
  });

  it.each([3, 8])(
    'finds a steady tone whose tops are cut off by %i dB, for as long as it stands',
    (overDb) => {
      const cut = tone(1000, -3.0103 + overDb - 6.02, seconds).map(cutAt(0.5));
      const sound = mix(
        between(cut, 0, 3, () => 0),
        hiss(-66, seconds, 5),
      );
      const both = measureSound([sound], {}, [soundLevels, soundClipping, steadyTone]);
      expect(findingsOf(audioClipping, both)).toMatchObject([{ startFrame: 75, endFrame: 199 }]);
    },
  );

  it('tells music that is driven into a square all along from waves that are drawn so', () => {
    const chord = mix(tone(220, -20, seconds), tone(277.2, -20, seconds), tone(329.6, -20, seconds));
    const swelling = chord.map(
      (sample, at) => sample * (1 + 0.7 * Math.sin((2 * Math.PI * 0.9 * at) / 48_000)),
    );
    const driven = between(swelling, 2, 6, (sample) => cutAt(0.5)(sample * 12));
    expect(findingsOf(audioClipping, measured(mix(driven, hiss(-66, seconds, 5))))).toMatchObject([
      { severity: 'warn', channels: [1] },
    ]);
  });

  it('takes no limiter for an overload, which holds the peaks at one level and leaves them round', () => {
    const programme = music(-14, seconds);
    const limited = programme.slice();
    for (let at = 0; at < limited.length; at += 480) {
      const part = programme.subarray(at, at + 480);
      const most = part.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 1e-4);
      limited.set(
        part.map((sample) => (sample / most) * 0.8),
        at,
      );
    }
    expect(findingsOf(audioClipping, measured(limited))).toEqual([]);
  });

  it('lets square waves be, which a synthesiser draws with flat tops', () => {
    const square = tone(147, -12, seconds).map((sample) => 0.3 * Math.sign(sample));
    const pair = mix(
      square,
      tone(220, -12, seconds).map((sample) => 0.1 * Math.sign(sample)),
    );
    for (const sound of [square, pair])
      expect(findingsOf(audioClipping, measured(mix(sound, hiss(-70, seconds))))).toEqual([]);
  });

  it.each([55, 110, 440])(
    'lets a sawtooth of %i Hz be, which climbs to its top and falls off at once',
    (hertz) => {
      const saw = tone(hertz, -12, seconds).map((_, at) => 0.6 * ((((at * hertz) / 48_000) % 1) - 0.5));
      for (const sound of [saw, saw.map((sample) => -sample)])
        expect(findingsOf(audioClipping, measured(mix(sound, hiss(-66, seconds))))).toEqual([]);
    },
  );

  it('lets music, speech, noise and tones with hiss be, at any level', () => {
    const programme = [
      mix(music(-12, seconds), hiss(-60, seconds)),
      speech(-16, seconds, 9),
      hiss(-14, seconds),
      mix(tone(1000, -18, seconds), hiss(-50, seconds)),
      mix(tone(100, -12, seconds), hiss(-60, seconds)),
    ];
    for (const sound of programme) expect(findingsOf(audioClipping, measured(sound))).toEqual([]);
  });
});

describe('what one overload cut', () => {
  /** Columns of two channels: their flat tops (first and last frame) at -4.44 dBFS, and how loud the sound is elsewhere. */
  const tops = (
    flat: readonly (readonly (readonly [from: number, to: number])[])[],
    elsewhere: (frame: number) => readonly [peak: number, rms: number],
  ) =>
    seriesOf(
      300,
      (frame) =>
        Object.assign(
          {},
          ...flat.map((runs, at) => {
            const isFlat = runs.some(([from, to]) => frame >= from && frame <= to);
            const [peak, rms] = isFlat ? [-4.44, -9 + wobble(frame, 3)] : elsewhere(frame);
            const channel = at + 1;
            return {
              ...{ [`peakDbfs.${channel}`]: peak, [`rmsDbfs.${channel}`]: rms },
              [`clippedSamples.${channel}`]: isFlat ? 150 : 0,
            };
          }),
        ),
      { channels: 2 },
    );
  const stretches = (series: ReturnType<typeof tops>) =>
    findingsOf(audioClipping, series).map(({ startFrame, endFrame, channels }) => [
      startFrame,
      endFrame,
      channels,
    ]);
  const pauses = () => [-40, -50] as const;

  it('is one over a pause of speech, and two where more lies between', () => {
    expect(
      stretches(
        tops(
          [
            [
              [60, 65],
              [92, 97],
            ],
            [],
          ],
          pauses,
        ),
      ),
    ).toEqual([[60, 97, [1]]]);
    expect(
      stretches(
        tops(
          [
            [
              [60, 65],
              [150, 155],
            ],
            [],
          ],
          pauses,
        ),
      ),
    ).toEqual([
      [60, 65, [1]],
      [150, 155, [1]],
    ]);
  });

  it('is one where the music stays as loud, now on the one channel and now on the other', () => {
    const music = (frame: number) => [-5.2 + wobble(frame, 1), -12 + wobble(frame, 2)] as const;
    expect(
      stretches(
        tops(
          [
            [
              [60, 100],
              [145, 160],
            ],
            [[230, 260]],
          ],
          music,
        ),
      ),
    ).toEqual([[60, 260, [1, 2]]]);
    const softer = (frame: number) => [-12 + wobble(frame, 1), -18 + wobble(frame, 2)] as const;
    expect(stretches(tops([[[60, 100]], [[170, 200]]], softer))).toHaveLength(2);
  });
});
