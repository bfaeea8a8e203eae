import { describe, expect, it } from 'vitest';
import { certificateSchema } from '#shared/domain/certificate.ts';
import { driftBetween } from '#shared/domain/certificate-drift.ts';
import { type CertificateId, certificateIdSchema } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { certify, type TestEvidence } from './certify.ts';
import type { DecodedSection } from './decode-section.ts';
import { measureRecording } from './measure-recording.ts';
import type { Picture } from './picture.ts';
import type { PicturePair } from './picture-noise.ts';
import {
  type BarErrors,
  drawBars,
  drawSound,
  movingPillar,
  raster,
  sampleRateHz,
} from './synthetic.fixture.ts';

const id: CertificateId = certificateIdSchema.parse('01990000-0000-7000-8000-000000000001');
const seconds = 4;
const pass = {
  state: 'sealed',
  sourceId: 'decklink:Duo (1)?video=sdi',
  profileId: 'ffv1-10bit',
  chainName: 'BVW-75, TBC',
  frames: seconds * 25,
  droppedFrames: 0,
  lostFrames: 0,
  video: {
    ...raster,
    frameRate: { num: 25, den: 1 },
    fieldOrder: 'tff',
    pixelFormat: 'yuv422p10le',
    standard: 'PAL',
  },
  sealChecks: [{ id: 'frame-hashes', ok: true, expected: 'equal', measured: 'equal', message: '' }],
} as unknown as Pass;

/** What a chain did to the test signal; nothing, where nothing is named. */
interface Chain {
  bars?: BarErrors | 'none';
  fields?: 'tff' | 'bff' | 'none';
  lateMs?: number;
  claps?: boolean;
  sound?: Partial<Parameters<typeof drawSound>[0]>;
  second?: Partial<Parameters<typeof drawSound>[0]>;
  evidence?: Partial<TestEvidence>;
}

function tested(chain: Chain) {
  const { fields = 'tff', lateMs = 0, claps = true } = chain;
  const clapsS = claps ? [3] : [];
  const random = seeded();
  const pairs: PicturePair[] = fields === 'none' ? [] : movingPillar(fields, 3);
  const section: DecodedSection = {
    firstFrame: 0,
    frames: pass.frames,
    pictureLateS: 0,
    grid: gridWith(clapsS),
    pairs: [...barPairs(chain.bars ?? {}, random), ...pairs].map((pair, index) => ({
      frame: 5 + 3 * index,
      pair,
    })),
    channels: [
      sound({
        seconds,
        beepsS: clapsS.map((at) => at + lateMs / 1000),
        gapsS: [1.5],
        random,
        ...chain.sound,
      }),
      sound({
        seconds,
        beepsS: clapsS.map((at) => at + lateMs / 1000),
        random,
        ...chain.sound,
        ...chain.second,
      }),
    ],
  };
  return certify(
    {
      pass,
      measures: measureRecording([section], 25, sampleRateHz),
      sampleAspect: { measured: { num: 12, den: 11 }, expected: { num: 12, den: 11 } },
      channels: 2,
      askedS: seconds,
      masterBytes: 20e6,
      writeBytesPerS: 200e6,
      isBarsOnly: false,
      ...chain.evidence,
    },
    id,
    '2026-01-02T03:04:05.000Z',
  );
}

const drawn = new Map<string, Float32Array>();

/** Sound is drawn once for all chains that leave it alone. */
function sound(wanted: Parameters<typeof drawSound>[0]): Float32Array {
  const key = JSON.stringify(wanted);
  const known = drawn.get(key) ?? drawSound(wanted);
  drawn.set(key, known);
  return known;
}

function barPairs(errors: BarErrors | 'none', random: () => number): PicturePair[] {
  if (errors === 'none') return [];
  const picture = () => drawBars('ebu-100-0-75-0', errors, random);
  return [[picture(), picture()] as [Picture, Picture]];
}

function gridWith(flashesS: readonly number[]): Uint16Array {
  const lit = new Set(flashesS.flatMap((at) => [at * 25, at * 25 + 1]));
  return Uint16Array.from({ length: pass.frames * 64 }, (_, at) =>
    lit.has(Math.floor(at / 64)) && at % 64 < 16 ? 940 : 200,
  );
}

function seeded() {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const failedOf = ({ checks }: ReturnType<typeof tested>) =>
  checks.filter(({ ok }) => !ok).map((check) => check.id);
const figureOf = (certificate: ReturnType<typeof tested>, figure: string) =>
  certificate.figures.find((each) => each.id === figure)?.value ?? Number.NaN;

describe('a certificate', () => {
  it('of a chain that gives back what goes in is good, and says so figure by figure', () => {
    const certificate = tested({});
    expect(failedOf(certificate)).toEqual([]);
    expect(certificate.ok).toBe(true);
    expect(certificateSchema.parse(certificate)).toEqual(certificate);
    expect(figureOf(certificate, 'audio-offset')).toBeCloseTo(0, -1);
    expect(certificate.figures.every(({ source }) => source !== '')).toBe(true);
  });

  it.each<[string, Chain, string[], Record<string, number>]>([
    [
      'a tenth too little gain',
      { bars: { lumaGain: 0.9 } },
      ['luma-white', 'bar-yellow-y', 'bar-cyan-y', 'bar-green-y', 'bar-magenta-y'].slice(0, 5),
      { 'luma-white': 852.4, 'luma-black': 64 },
    ],
    ['a lifted black', { bars: { liftCodes: 15 } }, ['luma-black'], { 'luma-black': 79 }],
    [
      'hue off by five degrees',
      { bars: { hueDeg: 5 } },
      ['chroma-hue'],
      { 'chroma-hue': 5, 'chroma-gain': 0 },
    ],
    ['too little colour', { bars: { chromaGain: 0.9 } }, ['chroma-gain'], { 'chroma-gain': -0.915 }],
    ['noise', { bars: { noiseCodes: 18 } }, ['noise-luma', 'noise-chroma'], { 'noise-luma': 33.7 }],
    ['fields in each other’s place', { fields: 'bff' }, ['field-order'], { 'field-order': -0.5 }],
    [
      'a tone 3 dB too soft',
      { sound: { dbfs: -21 } },
      ['tone-1-level', 'tone-2-level'],
      { 'tone-1-level': -21, 'tone-2-level': -21 },
    ],
    [
      'a tape that runs 2 % too fast',
      { sound: { toneHz: 1020 } },
      ['tone-1-frequency', 'tone-2-frequency'],
      { 'tone-1-frequency': 1020 },
    ],
    ['a channel wired the wrong way round', { second: { phaseDeg: 180 } }, ['tone-2-phase'], {}],
    [
      'hum and hiss on one channel',
      { second: { noiseDbfs: -45 } },
      ['tone-2-distortion'],
      { 'tone-2-distortion': -24 },
    ],
    [
      'swapped channels',
      { sound: { gapsS: [] }, second: { gapsS: [1.5] } },
      ['left-channel'],
      { 'left-channel': 2 },
    ],
    ['sound 80 ms late', { lateMs: 80 }, ['audio-offset'], { 'audio-offset': 80 }],
    ['sound 60 ms early', { lateMs: -60 }, ['audio-offset'], { 'audio-offset': -60 }],
    [
      'no bars',
      { bars: 'none' },
      ['bars', 'luma-white', 'luma-black', 'chroma-gain', 'chroma-hue', 'noise-luma', 'noise-chroma'],
      {},
    ],
    [
      'a lost frame',
      { evidence: { pass: { ...pass, droppedFrames: 1 } } },
      ['frames-dropped'],
      { 'frames-dropped': 1 },
    ],
    ['a signal that ended early', { evidence: { askedS: 6 } }, ['seconds'], {}],
    ['a recording that was not proved', { evidence: { pass: { ...pass, state: 'failed' } } }, ['sealed'], {}],
    ['a slow disk', { evidence: { writeBytesPerS: 1e6 } }, ['disk-write'], { 'disk-write': 1 }],
    [
      'pixels of another shape',
      { evidence: { sampleAspect: { measured: { num: 16, den: 15 }, expected: { num: 12, den: 11 } } } },
      ['sample-aspect'],
      { 'sample-aspect': 1.067 },
    ],
  ])('of %s is not good, for just that', (_, chain, failed, values) => {
    const certificate = tested(chain);
    expect(certificate.ok).toBe(false);
    expect(failedOf(certificate).filter((check) => !check.startsWith('bar-'))).toEqual(
      failed.filter((check) => !check.startsWith('bar-')),
    );
    for (const [figure, value] of Object.entries(values)) {
      expect(Math.abs(figureOf(certificate, figure) - value), figure).toBeLessThan(
        Math.max(0.3, Math.abs(value) * 0.03),
      );
    }
  });

  it('says what was not found, and is good without it only where bars and tone are all that was asked for', () => {
    const plain: Chain = { claps: false, fields: 'none' };
    expect(failedOf(tested(plain))).toEqual(['field-order', 'audio-offset']);
    const asked = tested({ ...plain, evidence: { isBarsOnly: true } });
    expect(asked.ok).toBe(true);
    const unmeasured = asked.checks.filter(({ measured }) => measured === 'not measured');
    expect(unmeasured.map((check) => check.id)).toEqual(['field-order', 'audio-offset']);
    expect(unmeasured.every(({ message }) => message !== '')).toBe(true);
    expect(asked.figures.map((figure) => figure.id)).not.toContain('audio-offset');
  });
});

it('holds tone against the level that was played, where another one was named', () => {
  const chain: Chain = { sound: { dbfs: -9 } };
  expect(failedOf(tested(chain))).toEqual(['tone-1-level', 'tone-2-level']);
  expect(tested({ ...chain, evidence: { toneDbfs: -9 } }).ok).toBe(true);
});

describe('drift', () => {
  it('is alarming where a figure left its place, though it is within its limits', () => {
    const before = tested({});
    const now = tested({ bars: { lumaGain: 0.985 }, sound: { dbfs: -18.8 } });
    expect(now.ok).toBe(true);
    const alarming = driftBetween(before, now).filter((each) => each.alarming);
    expect(alarming.map((each) => each.id)).toEqual(['luma-white', 'tone-1-level', 'tone-2-level']);
    expect(alarming[0]).toMatchObject({ before: 940, unit: 'code', limit: 9 });
    expect(alarming[0]?.change).toBeCloseTo(-13, 0);
  });

  it('is none where a figure became better, or is of one test only', () => {
    const noisy = tested({ bars: { noiseCodes: 6 }, claps: false });
    const clean = tested({});
    const drift = driftBetween(noisy, clean);
    expect(drift.find((each) => each.id === 'noise-luma')).toMatchObject({ alarming: false });
    expect(drift.map((each) => each.id)).not.toContain('audio-offset');
    expect(driftBetween(clean, noisy).find((each) => each.id === 'noise-luma')).toMatchObject({
      alarming: true,
    });
  });
});
