import { expect, it } from 'vitest';
import type { CopyCheck, CopyLine } from '#shared/domain/copy-certificate.ts';
import { wordLine } from '#shared/i18n/line-words.ts';
import type { FullLook } from './full-look.ts';
import type { HeardChannel } from './heard-sound.ts';
import { judgeCopy } from './judge-copy.ts';
import type { MeasuredCopy } from './measured-copy.ts';

const fit = { gain: 1, offsetCodes: 0, isTold: true };
const axis = { scale: 1, shiftPercent: 0, explained: 0 };

const inSync = { syncMs: 0, channel: 0, driftPpm: 0, windows: [], spanS: 56, pieces: 3 };
const noGaps = { first: [], count: 0, totalS: 0 };
/** A channel that sounds, and is as it was. */
const heard: HeardChannel = {
  ...{ levelDb: 0.2, isLikeAnother: undefined, polarity: 1, gaps: noGaps, pieces: [] },
  ...{ soundingS: 60, alikeS: 60, otherS: 0, otherFromS: undefined },
};

const still = { shift: 0, isTold: true };
const look: FullLook = {
  pictures: 40,
  shifts: { top: still, bottom: still, left: still, right: still },
  lost: { top: [], bottom: [], left: [], right: [] },
  ends: { y: undefined, u: undefined, v: undefined },
  chroma: { down: still, across: still },
};

/** A minute of two files that are the same, but for what is named. */
function files(named: Partial<MeasuredCopy> = {}): MeasuredCopy {
  return {
    expected: {
      ...{ frames: 1500, frameRate: { num: 25, den: 1 }, width: 720, height: 576 },
      ...{ isDoubled: false, isRecipe: false, colour: undefined, audioChannels: 2 },
    },
    ...{ isDv: false, complaints: {} },
    described: { video: [], audio: [{ channels: 2 }] } as unknown as MeasuredCopy['described'],
    framesOfCopy: 1500,
    alignment: {
      ...{ stretches: [{ startFrameA: 0, frames: 1500, offsetFrames: 0 }] },
      ...{ confidence: 0.98, soundOffsetMs: null },
    },
    offsetFrames: 0,
    fields: { straight: 0, crossed: 0, swappedFrames: 0, firstSwapped: undefined },
    ...{ look, wrongPictures: { count: 0, first: undefined } },
    levels: { y: fit, u: fit, v: fit },
    geometry: { vertical: axis, horizontal: axis },
    fall: { pair: 0, fall: 0, value: 100 },
    picture: { psnrMeanDb: 100, psnrLeastDb: 100, ssimMean: 1, ssimLeast: 1 },
    pairs: 1500,
    soundChannels: [heard, heard],
    ...{ sync: { ...inSync }, lengthS: 60 },
    ...named,
  };
}

function lineOf(id: CopyCheck, named: Partial<MeasuredCopy> = {}): Partial<CopyLine> {
  return judgeCopy(files(named)).find((line) => line.id === id) ?? {};
}
const stateOf = (id: CopyCheck, named?: Partial<MeasuredCopy>) => lineOf(id, named).state;

it('fails a file that ends before the other, by the frames that belong together, and not one that goes on', () => {
  expect(stateOf('length')).toBe('ok');
  expect(stateOf('length', { framesOfCopy: 1498 })).toBe('ok');
  expect(lineOf('length', { framesOfCopy: 1400 })).toMatchObject({
    ...{ state: 'failed', values: { missingAtEnd: 100 } },
  });
  expect(stateOf('length', { framesOfCopy: 1600 })).toBe('ok');
  // As many frames, of which 25 stand before the first of A.
  const stretches = [{ startFrameA: 0, frames: 1475, offsetFrames: 25 }];
  const later = { offsetFrames: 25, alignment: { stretches, confidence: 1, soundOffsetMs: null } };
  expect(stateOf('length', later)).toBe('failed');
  expect(stateOf('length', { ...later, framesOfCopy: 1525 })).toBe('ok');
  const still = { offsetFrames: null, alignment: { stretches: [], confidence: 0, soundOffsetMs: null } };
  expect(stateOf('length', still)).toBe('not-told');
  expect(stateOf('length', { ...still, framesOfCopy: 1400 })).toBe('failed');
  expect(lineOf('length', { framesOfCopy: 1400 }).measured).toBe('1400 frames: 100 too few at the end');
  expect(lineOf('length', { ...still, framesOfCopy: 1400 }).measured).toBe('1400 frames: 100 too few');
});

it('does not say that no frame is missing where hardly any of the picture proves it, but says that one is', () => {
  const { alignment } = files();
  expect(stateOf('continuity')).toBe('ok');
  const still = lineOf('continuity', { alignment: { ...alignment, confidence: 0.3 } });
  expect(still).toMatchObject({ state: 'not-told', values: { jumps: 0, provenShare: 0.3 } });
  expect(still.measured).toContain('30 %');
  const stretches = [
    { startFrameA: 0, frames: 600, offsetFrames: 0 },
    { startFrameA: 607, frames: 893, offsetFrames: -7 },
  ];
  expect(stateOf('continuity', { alignment: { ...alignment, stretches, confidence: 0.3 } })).toBe('failed');
});

it('calls sync right from three places on, and says at how many of them it was told', () => {
  expect(lineOf('sync')).toMatchObject({ state: 'ok', values: { placesTold: 3 } });
  expect(lineOf('sync').measured).toContain('told at 3 places');
  const one = (syncMs: number | null, pieces = 1) => ({ sync: { ...inSync, syncMs, pieces } });
  expect(lineOf('sync', one(2))).toMatchObject({ state: 'not-told' });
  expect(lineOf('sync', one(2)).measured).toContain('told at 1 place');
  expect(stateOf('sync', one(80))).toBe('failed');
  expect(stateOf('sync', { ...one(2), lengthS: 4 })).toBe('ok');
  expect(stateOf('sync', one(null, 0))).toBe('not-told');
  expect(lineOf('sync', one(null, 0)).measured).toContain('no moment from another');
  const silent = { ...heard, soundingS: 0, alikeS: 0, levelDb: null, polarity: null };
  expect(lineOf('sync', { ...one(null, 0), soundChannels: [silent] }).measured).toContain('nothing sounds');
});

it('fails another sound and holes in it, and says how much was heard', () => {
  expect(lineOf('sound').measured).toBe(
    '2 channels; all 60.0 s heard: 100 % of it sounds, 100 % of that is alike',
  );
  const sound = (named: Partial<HeardChannel>) =>
    lineOf('sound', { soundChannels: [heard, { ...heard, ...named }] });
  const other = sound({ alikeS: 40, otherS: 20, otherFromS: 12 });
  expect(other).toMatchObject({ state: 'failed' });
  expect(other.measured).toContain('channel 2 is another sound than the master’s');
  // Hardly alike, and not clearly something else: that is not called right.
  expect(sound({ alikeS: 20 })).toMatchObject({ state: 'not-told' });
  const first = [{ kind: 'missing' as const, atS: 4.2, lengthS: 2.6 }];
  const holes = sound({ gaps: { first, count: 3, totalS: 5 } });
  expect(holes).toMatchObject({ state: 'failed' });
  expect(holes.measured).toContain(
    'channel 2 is silent where the master sounds: 5.0 s in 3 places, first at 4.2 s',
  );
});

it('tells no contrast of a flat picture and no saturation of one in black and white, but where their levels moved', () => {
  expect([stateOf('levels'), stateOf('colour')]).toEqual(['ok', 'ok']);
  const flat = { gain: 1, offsetCodes: 0.2, isTold: false };
  const grey = { levels: { y: fit, u: flat, v: flat } };
  expect([stateOf('levels', grey), stateOf('colour', grey)]).toEqual(['ok', 'not-told']);
  expect(lineOf('colour', grey).values).toEqual({ offsetCodesU: 0.2, offsetCodesV: 0.2 });
  expect(lineOf('colour', grey).measured).not.toContain('100');
  expect(stateOf('colour', { levels: { y: fit, u: fit, v: flat } })).toBe('not-told');
  expect(stateOf('colour', { levels: { y: fit, u: { ...fit, gain: 0 }, v: flat } })).toBe('failed');
  const black = { levels: { y: flat, u: flat, v: flat } };
  expect(stateOf('levels', black)).toBe('not-told');
  expect(lineOf('levels', black).measured).not.toContain('%');
  const lifted = { ...flat, offsetCodes: 16 };
  expect(stateOf('levels', { levels: { y: lifted, u: flat, v: flat } })).toBe('failed');
  expect(stateOf('colour', { levels: { y: fit, u: flat, v: lifted } })).toBe('failed');
});

it('fails a channel that is turned over, and one whose level is 1 dB off, by its number', () => {
  const sound = (...soundChannels: MeasuredCopy['soundChannels']) => ({ soundChannels });
  expect(stateOf('polarity', sound(heard, heard))).toBe('ok');
  expect(stateOf('polarity', sound())).toBeUndefined();
  const over = lineOf('polarity', sound(heard, { ...heard, polarity: -1 }));
  expect(over).toMatchObject({ state: 'failed', values: { turned: 1, channelsTold: 2 } });
  expect(over.measured).toContain('channel 2 is turned over');
  // A tone may tell nothing of it; a silent channel has none.
  expect(stateOf('polarity', sound(heard, { ...heard, polarity: null }))).toBe('not-told');
  expect(stateOf('polarity', sound(heard, { ...heard, levelDb: null, polarity: null }))).toBe('ok');
  expect(stateOf('sound', sound(heard, { ...heard, levelDb: 0.9 }))).toBe('ok');
  expect(lineOf('sound', sound(heard, { ...heard, levelDb: -1.2 }))).toMatchObject({
    ...{ state: 'failed', measured: expect.stringMatching(/; channel 2 is 1\.2 dB too soft$/) },
  });
});

it('fails lines at an edge, colour beside its place, the ends of the scale, and pictures that are their neighbours', () => {
  expect(stateOf('geometry')).toBe('ok');
  const looking = (named: Partial<FullLook>) => ({ look: { ...look, ...named } });
  const lost = lineOf('geometry', looking({ lost: { ...look.lost, top: [0, 1] } }));
  expect(lost).toMatchObject({ state: 'failed', measured: 'another content in line 1, 2 from the top' });
  const moved = { ...look.shifts, bottom: { shift: -0.8, isTold: true } };
  expect(lineOf('geometry', looking({ shifts: moved })).measured).toBe(
    'near the bottom -0.80 lines lower than in the master',
  );
  const flat = { shift: 0, isTold: false };
  const noDetail = { top: flat, bottom: flat, left: flat, right: flat };
  expect(stateOf('geometry', looking({ shifts: noDetail }))).toBe('not-told');
  expect(stateOf('chroma-place')).toBe('ok');
  const chroma = { down: { shift: 1, isTold: true }, across: still };
  expect(lineOf('chroma-place', looking({ chroma }))).toMatchObject({
    state: 'failed',
    values: { downLines: 2 },
  });
  expect(stateOf('chroma-place', looking({ chroma: { down: flat, across: flat } }))).toBe('not-told');
  const ends = { highest: 252, lowest: 2, high: 17, low: 1 };
  expect(lineOf('levels', looking({ ends: { ...look.ends, y: ends } }))).toMatchObject({ state: 'failed' });
  expect(stateOf('levels', looking({ ends: { ...look.ends, y: { ...ends, high: 2 } } }))).toBe('ok');
  expect(stateOf('colour', looking({ ends: { ...look.ends, v: ends } }))).toBe('failed');
  const wrong = lineOf('continuity', { wrongPictures: { count: 20, first: 151 } });
  expect(wrong).toMatchObject({ state: 'failed', values: { wrongPictures: 20 } });
  expect(wrong.measured).toContain('the first at 151');
});

it('says every line in each language, with all its figures in place', () => {
  const recipe = { ...files().expected, isRecipe: true, isDoubled: true };
  const colour = { matrix: 'bt470bg', primaries: 'bt470bg', transfer: 'bt709', range: 'tv' } as const;
  const lines = [
    ...judgeCopy(files()),
    ...judgeCopy(
      files({
        expected: { ...recipe, colour },
        offsetFrames: 3,
        framesOfCopy: 10,
        sync: { ...inSync, syncMs: -80 },
      }),
    ),
    ...judgeCopy(
      files({ expected: recipe, offsetFrames: null, sync: { ...inSync, syncMs: null, driftPpm: null } }),
    ),
  ];
  for (const line of lines) {
    const { expected, measured, source } = line;
    expect(wordLine(line, 'en')).toEqual({ language: 'en', expected, measured, source });
    for (const language of ['nl', 'fr'] as const) {
      const words = wordLine(line, language);
      expect(words).toMatchObject({ language });
      expect(JSON.stringify(words)).not.toContain('{{');
      expect(words.source).not.toBe(source);
    }
  }
});

it('fails a file that begins after the other, by its frames, and not one that begins earlier', () => {
  expect(stateOf('start')).toBe('ok');
  expect(lineOf('start', { offsetFrames: -25 })).toMatchObject({
    ...{ state: 'failed', measured: 'lacks 25 frames at the head', values: { offsetFrames: -25 } },
  });
  expect(stateOf('start', { offsetFrames: 25 })).toBe('ok');
  expect(stateOf('start', { offsetFrames: null })).toBe('not-told');
  const expected = { ...files().expected, isRecipe: true };
  expect(stateOf('start', { expected, offsetFrames: 25 })).toBe('failed');
});

it('fails what a decoder complained of, but for DV, in which what a tape lost is kept', () => {
  const damage = { count: 3, first: 'slice CRC mismatch' };
  expect(stateOf('decode')).toBe('ok');
  expect(lineOf('decode', { complaints: { a: damage } })).toMatchObject({
    ...{ state: 'failed', values: { complaintsOfMaster: 3, complaintsOfCopy: 0 } },
    measured: 'of the master: 3 complaints, the first “slice CRC mismatch”',
  });
  expect(stateOf('decode', { complaints: { a: damage }, isDv: true })).toBe('not-told');
  expect(stateOf('decode', { complaints: { a: damage, b: damage }, isDv: true })).toBe('failed');
  expect(stateOf('decode', { complaints: { either: damage } })).toBe('failed');
});
