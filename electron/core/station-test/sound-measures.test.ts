import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countInterruptions, findBeeps } from './beeps.ts';
import { median, soundOffsetsMs } from './sound-offset.ts';
import { drawSound, sampleRateHz } from './synthetic.fixture.ts';
import { measureTone, phaseBetween, type Tone, toneLevels } from './tone.ts';

const toneOf = (samples: Float32Array) => measureTone(samples, sampleRateHz) as Tone;

describe('a tone', () => {
  it('is measured in level, frequency and purity, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 380, max: 1200, noNaN: true }),
        fc.double({ min: -30, max: -3, noNaN: true }),
        (toneHz, dbfs) => {
          const tone = toneOf(drawSound({ seconds: 1, toneHz, dbfs }));
          expect(Math.abs(tone.frequencyHz - toneHz)).toBeLessThan(0.05);
          expect(Math.abs(tone.levelDbfs - dbfs)).toBeLessThan(0.02);
          expect(tone.distortionDb).toBeLessThan(-60);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('shows the noise over it', () => {
    // RMS noise at -60 dBFS against a sine whose RMS is at -21 dBFS.
    const tone = toneOf(drawSound({ seconds: 1, noiseDbfs: -60 }));
    expect(tone.distortionDb).toBeCloseTo(-39, 0);
    expect(tone.levelDbfs).toBeCloseTo(-18, 1);
  });

  it('is measured beside its interruptions and beeps', () => {
    const tone = toneOf(drawSound({ seconds: 3, beepsS: [1], gapsS: [2.2] }));
    expect(tone.levelDbfs).toBeCloseTo(-18, 2);
    expect(tone.distortionDb).toBeLessThan(-80);
  });

  it.each([0, 30, -90, 180])('stands at %i degrees to another', (phaseDeg) => {
    const pair = [drawSound({ seconds: 1 }), drawSound({ seconds: 1, phaseDeg })] as const;
    const phase = phaseBetween(pair, [toneOf(pair[0]), toneOf(pair[1])], sampleRateHz) ?? 0;
    // 180 and -180 are one.
    expect(Math.abs(((phase - phaseDeg + 540) % 360) - 180)).toBeLessThan(0.5);
  });

  it('is not heard in silence, in noise, nor in half a cycle', () => {
    expect(measureTone(new Float32Array(sampleRateHz), sampleRateHz)).toBeUndefined();
    expect(measureTone(drawSound({ seconds: 1, dbfs: -120, noiseDbfs: -20 }), sampleRateHz)).toBeUndefined();
    expect(measureTone(drawSound({ seconds: 0.1 }), sampleRateHz)).toBeUndefined();
  });
});

describe('beeps', () => {
  it('are found to two milliseconds, over tone and noise', () => {
    const beepsS = [0.5, 1.4321, 2.7];
    const sound = drawSound({ seconds: 3, beepsS, gapsS: [2], noiseDbfs: -50 });
    const found = findBeeps(sound, 1000, sampleRateHz).map((sample) => sample / sampleRateHz);
    expect(found).toHaveLength(beepsS.length);
    for (const [index, beepS] of beepsS.entries()) {
      expect(Math.abs((found[index] ?? 0) - beepS)).toBeLessThan(0.002);
    }
  });

  it('are not what a tone does when it is interrupted', () => {
    expect(findBeeps(drawSound({ seconds: 3, gapsS: [1, 2] }), 1000, sampleRateHz)).toEqual([]);
  });
});

describe('interruptions', () => {
  it('are counted, beeps are not', () => {
    const levels = (sound: Float32Array) => toneLevels(sound, 1000, sampleRateHz);
    expect(countInterruptions(levels(drawSound({ seconds: 3, gapsS: [0.6, 2] })))).toBe(2);
    expect(countInterruptions(levels(drawSound({ seconds: 3, beepsS: [0.6, 2] })))).toBe(0);
  });
});

describe('sound and picture', () => {
  it.each([80, -80, 0, 250])('%i ms apart are said to be so', (lateMs) => {
    const flashes = [1, 4, 7, 10];
    const beeps = flashes.map((at) => at + lateMs / 1000);
    expect(median(soundOffsetsMs(flashes, beeps))).toBeCloseTo(lateMs, 6);
  });

  it('without a clapper are not said to be anything', () => {
    expect(median(soundOffsetsMs([1], []))).toBeUndefined();
    expect(median(soundOffsetsMs([1], [1.9]))).toBeUndefined();
  });
});
