import type { CopyLine } from '#shared/domain/copy-certificate.ts';
import { copyLine, figure, phrase } from './copy-line.ts';
import type { AxisFit } from './geometry.ts';
import type { LevelFit } from './level-fit.ts';
import type { MeasuredCopy } from './measured-copy.ts';

/** Gain and offset (8-bit codes) within which coding alone moves levels. Full range taken for limited is a gain of 255/219 = 1.164. */
const [mostGain, mostOffset] = [0.02, 1.5];
/** The same for chroma, which coders treat worse. */
const [mostChromaGain, mostChromaOffset] = [0.05, 1.5];
/** Scale, and shift in hundredths of the picture, that a fit of thumbnails cannot tell from none. */
const [mostScale, mostShift, leastExplained] = [0.0075, 0.8, 0.3];
/** dB and share below which a whole copy, or one frame of it, is not the same picture. */
const [leastMeanDb, leastMeanSsim] = [30, 0.85];
const [leastFrameDb, mostFallDb, fallenBelowDb] = [18, 10, 28];

/** Lines on what the pictures hold. */
export function judgePicture(copy: MeasuredCopy): CopyLine[] {
  return [geometry(copy), levels(copy), colour(copy), picture(copy), worstFrame(copy)];
}

function geometry({ geometry: { vertical, horizontal }, pairs }: MeasuredCopy): CopyLine {
  const isOff = ({ scale, shiftPercent, explained }: AxisFit) =>
    explained > leastExplained && (Math.abs(scale - 1) > mostScale || Math.abs(shiftPercent) > mostShift);
  const percent = (value: number) => figure(value, '%', 1);
  const ok = !isOff(vertical) && !isOff(horizontal);
  return copyLine('geometry', pairs === 0 ? undefined : ok, {
    expected: phrase('allOfPicture'),
    measured: ok
      ? phrase('whereItWas')
      : phrase('placed', {
          ...{ widthShare: percent(100 * horizontal.scale), right: percent(horizontal.shiftPercent) },
          ...{ heightShare: percent(100 * vertical.scale), down: percent(vertical.shiftPercent) },
        }),
    values: {
      ...{ scaleAcross: horizontal.scale, shiftAcrossPercent: horizontal.shiftPercent },
      ...{ scaleDown: vertical.scale, shiftDownPercent: vertical.shiftPercent },
    },
    source: phrase('whyGeometry'),
  });
}

function levels({ levels: { y }, pairs }: MeasuredCopy): CopyLine {
  return copyLine('levels', pairs === 0 ? undefined : areKept([y], mostGain, mostOffset), {
    expected: phrase('asInMaster'),
    measured: y.isTold
      ? phrase('contrast', { gain: figure(100 * y.gain, '%', 1), offset: figure(y.offsetCodes, 'codes', 1) })
      : phrase('flat', { offset: figure(y.offsetCodes, 'codes', 1) }),
    values: { ...(y.isTold ? { gain: y.gain } : {}), offsetCodes: y.offsetCodes },
    source: phrase('whyLevels', {
      ...{ gain: figure(100 * mostGain, '%'), offset: figure(mostOffset, '', 1) },
      full: figure((100 * 255) / 219, '%'),
    }),
  });
}

function colour({ levels: { u, v }, pairs }: MeasuredCopy): CopyLine {
  return copyLine('colour', pairs === 0 ? undefined : areKept([u, v], mostChromaGain, mostChromaOffset), {
    expected: phrase('colourAsInMaster'),
    measured: [u, v].map(({ gain, offsetCodes, isTold }, at) => {
      const said = { plane: at === 0 ? 'Cb' : 'Cr', offset: figure(offsetCodes, 'codes', 1) };
      return isTold
        ? phrase('plane', { ...said, gain: figure(100 * gain, '%', 1) })
        : phrase('planeFlat', said);
    }),
    values: {
      ...(u.isTold ? { gainU: u.gain } : {}),
      ...(v.isTold ? { gainV: v.gain } : {}),
      ...{ offsetCodesU: u.offsetCodes, offsetCodesV: v.offsetCodes },
    },
    source: phrase('whyColour', {
      gain: figure(100 * mostChromaGain, '%'),
      offset: figure(mostChromaOffset, '', 1),
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
  return copyLine('picture', pairs === 0 ? false : psnrMeanDb >= leastMeanDb && ssimMean >= leastMeanSsim, {
    expected: phrase('atLeast', { psnr: figure(leastMeanDb, 'dB'), ssim: figure(leastMeanSsim, '', 2) }),
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
