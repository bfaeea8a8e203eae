import type { CopyLine, Phrase } from '#shared/domain/copy-certificate.ts';
import { copyLine, figure, phrase } from './copy-line.ts';
import { edgeLines, mostApartCodes } from './edge-lines.ts';
import type { AxisFit } from './geometry.ts';
import type { LevelFit } from './level-fit.ts';
import type { MeasuredCopy } from './measured-copy.ts';
import type { ScaleEnds } from './scale-ends.ts';

/** Gain and offset (8-bit codes) within which coding alone moves levels. Full range taken for limited is a gain of 255/219 = 1.164. */
const [mostGain, mostOffset] = [0.02, 1.5];
/** The same for chroma, which coders treat worse. */
const [mostChromaGain, mostChromaOffset] = [0.05, 1.5];
/** Scale, and shift in hundredths of the picture, that a fit of thumbnails cannot tell from none. */
const [mostScale, mostShift, leastExplained] = [0.0075, 0.8, 0.3];
/** Lines, or columns, by which the picture may be moved near an edge, and samples of chroma by which colour may: a fit of whole pictures tells less. */
const [mostEdgeLines, mostChromaShift] = [0.25, 0.3];
/** Codes by which the mean of the highest and the lowest areas may be nearer to the middle. */
const mostEndCodes = 4;
/** dB and share below which a whole copy, or one frame of it, is not the same picture. */
const [leastMeanDb, leastMeanSsim] = [30, 0.85];
/** Of noise less is kept in dB, though nearly all of its structure. */
const [leastNoiseDb, leastNoiseSsim] = [25, 0.97];
const [leastFrameDb, mostFallDb, fallenBelowDb] = [18, 10, 28];

/** Lines on what the pictures hold. */
export function judgePicture(copy: MeasuredCopy): CopyLine[] {
  return [geometry(copy), levels(copy), colour(copy), chromaPlace(copy), picture(copy), worstFrame(copy)];
}

function geometry({ geometry: { vertical, horizontal }, look, pairs }: MeasuredCopy): CopyLine {
  const isOff = ({ scale, shiftPercent, explained }: AxisFit) =>
    explained > leastExplained && (Math.abs(scale - 1) > mostScale || Math.abs(shiftPercent) > mostShift);
  const percent = (value: number) => figure(value, '%', 1);
  const isPlaced = !isOff(vertical) && !isOff(horizontal);
  const { shifts, lost } = look;
  const edges = ['top', 'bottom', 'left', 'right'] as const;
  const moved = edges.filter((edge) => shifts[edge].isTold && Math.abs(shifts[edge].shift) > mostEdgeLines);
  const lostAt = edges.filter((edge) => lost[edge].length > 0);
  const wrong = [
    ...(isPlaced
      ? []
      : [
          phrase('placed', {
            ...{ widthShare: percent(100 * horizontal.scale), right: percent(horizontal.shiftPercent) },
            ...{ heightShare: percent(100 * vertical.scale), down: percent(vertical.shiftPercent) },
          }),
        ]),
    ...moved.map((edge) => phrase(`moved-${edge}`, { lines: figure(shifts[edge].shift, 'lines', 2) })),
    ...lostAt.map((edge) => phrase(`lost-${edge}`, { lines: lost[edge].map((line) => line + 1).join(', ') })),
  ];
  // Where there is no detail nothing tells whether a line is missing.
  const isTold = edges.some((edge) => shifts[edge].isTold);
  const ok = wrong.length > 0 ? false : isTold ? true : undefined;
  return copyLine('geometry', pairs === 0 ? undefined : ok, {
    expected: phrase('allOfPicture'),
    measured: wrong.length > 0 ? wrong : phrase(isTold ? 'whereItWas' : 'noDetail'),
    values: {
      ...{ scaleAcross: horizontal.scale, shiftAcrossPercent: horizontal.shiftPercent },
      ...{ scaleDown: vertical.scale, shiftDownPercent: vertical.shiftPercent },
      ...Object.fromEntries(edges.map((edge) => [`${edge}Lines`, shifts[edge].shift])),
    },
    source: phrase('whyGeometry', {
      ...{
        moved: figure(mostEdgeLines, 'lines', 2),
        lines: figure(edgeLines),
        codes: figure(mostApartCodes, 'codes'),
      },
      ...{ scale: percent(100 * mostScale), shift: percent(mostShift), pictures: figure(look.pictures) },
    }),
  });
}

/** Colour that lies beside the picture it belongs to. */
function chromaPlace({ look: { chroma, pictures } }: MeasuredCopy): CopyLine {
  const { down, across } = chroma;
  const isTold = down.isTold && across.isTold;
  const isOff = [down, across].some((fit) => fit.isTold && Math.abs(fit.shift) > mostChromaShift);
  return copyLine('chroma-place', isOff ? false : isTold ? true : undefined, {
    expected: phrase('chromaInPlace'),
    measured:
      isTold || isOff
        ? phrase('chromaMoved', {
            down: figure(2 * down.shift, 'lines', 1),
            across: figure(2 * across.shift, '', 1),
          })
        : phrase('chromaNoDetail'),
    values: { downLines: 2 * down.shift, acrossPixels: 2 * across.shift },
    source: phrase('whyChroma', {
      most: figure(2 * mostChromaShift, 'lines', 1),
      pictures: figure(pictures),
    }),
  });
}

/** The ends of the scale, where they are nearer to the middle than they were. */
function endsOf(ends: ScaleEnds | undefined, plane: string): Phrase[] {
  if (!ends) return [];
  const said = (key: 'highEnd' | 'lowEnd', by: number, was: number) =>
    by > mostEndCodes ? [phrase(key, { plane, by: figure(by, 'codes', 1), was: figure(was, '', 0) })] : [];
  return [...said('highEnd', ends.high, ends.highest), ...said('lowEnd', ends.low, ends.lowest)];
}

function levels({ levels: { y }, look, pairs }: MeasuredCopy): CopyLine {
  const ends = endsOf(look.ends.y, 'Y');
  const ok = ends.length > 0 ? false : areKept([y], mostGain, mostOffset);
  return copyLine('levels', pairs === 0 ? undefined : ok, {
    expected: phrase('asInMaster'),
    measured: [
      y.isTold
        ? phrase('contrast', {
            gain: figure(100 * y.gain, '%', 1),
            offset: figure(y.offsetCodes, 'codes', 1),
          })
        : phrase('flat', { offset: figure(y.offsetCodes, 'codes', 1) }),
      ...ends,
    ],
    values: { ...(y.isTold ? { gain: y.gain } : {}), offsetCodes: y.offsetCodes },
    source: phrase('whyLevels', {
      ...{ gain: figure(100 * mostGain, '%'), offset: figure(mostOffset, '', 1) },
      ...{ full: figure((100 * 255) / 219, '%'), ends: figure(mostEndCodes, 'codes') },
    }),
  });
}

function colour({ levels: { u, v }, look, pairs }: MeasuredCopy): CopyLine {
  const ends = [...endsOf(look.ends.u, 'Cb'), ...endsOf(look.ends.v, 'Cr')];
  const ok = ends.length > 0 ? false : areKept([u, v], mostChromaGain, mostChromaOffset);
  return copyLine('colour', pairs === 0 ? undefined : ok, {
    expected: phrase('colourAsInMaster'),
    measured: [
      ...[u, v].map(({ gain, offsetCodes, isTold }, at) => {
        const said = { plane: at === 0 ? 'Cb' : 'Cr', offset: figure(offsetCodes, 'codes', 1) };
        return isTold
          ? phrase('plane', { ...said, gain: figure(100 * gain, '%', 1) })
          : phrase('planeFlat', said);
      }),
      ...ends,
    ],
    values: {
      ...(u.isTold ? { gainU: u.gain } : {}),
      ...(v.isTold ? { gainV: v.gain } : {}),
      ...{ offsetCodesU: u.offsetCodes, offsetCodesV: v.offsetCodes },
    },
    source: phrase('whyColour', {
      gain: figure(100 * mostChromaGain, '%'),
      ...{ offset: figure(mostChromaOffset, '', 1), ends: figure(mostEndCodes, 'codes') },
    }),
  });
}

/** Undefined where nothing is wrong, but a plane is too flat to tell its gain by: only its offset is known then. */
function areKept(planes: readonly LevelFit[], mostGain: number, mostOffset: number): boolean | undefined {
  const isWrong = ({ gain, offsetCodes, isTold }: LevelFit) =>
    Math.abs(offsetCodes) > mostOffset || (isTold && Math.abs(gain - 1) > mostGain);
  if (planes.some(isWrong)) return false;
  return planes.every(({ isTold }) => isTold) ? true : undefined;
}

function picture({ picture: { psnrMeanDb, ssimMean }, pairs }: MeasuredCopy): CopyLine {
  const isNoise = psnrMeanDb >= leastNoiseDb && ssimMean >= leastNoiseSsim;
  const isAlike = (psnrMeanDb >= leastMeanDb && ssimMean >= leastMeanSsim) || isNoise;
  return copyLine('picture', pairs > 0 && isAlike, {
    expected: phrase('atLeast', {
      ...{ psnr: figure(leastMeanDb, 'dB'), ssim: figure(leastMeanSsim, '', 2) },
      ...{ noisePsnr: figure(leastNoiseDb, 'dB'), noiseSsim: figure(leastNoiseSsim, '', 2) },
    }),
    measured: phrase('likeness', { psnr: figure(psnrMeanDb, 'dB', 1), ssim: figure(ssimMean, '', 3) }),
    values: { psnrMeanDb, ssimMean },
    source: phrase('whyPicture'),
  });
}

/** A frame that is another one, or torn: it falls out of its surroundings. */
function worstFrame({ picture: { psnrLeastDb }, fall, pairs }: MeasuredCopy): CopyLine {
  const hasFallen = fall.fall > mostFallDb && fall.value < fallenBelowDb;
  return copyLine('worst-frame', pairs === 0 ? undefined : psnrLeastDb >= leastFrameDb && !hasFallen, {
    expected: phrase('noFrameBelow', { least: figure(leastFrameDb, 'dB'), fall: figure(mostFallDb, 'dB') }),
    measured: phrase('worst', { least: figure(psnrLeastDb, 'dB', 1), fall: figure(fall.fall, 'dB', 1) }),
    values: { psnrLeastDb, fallDb: fall.fall, fallPair: fall.pair },
    source: phrase('whyWorst'),
  });
}
