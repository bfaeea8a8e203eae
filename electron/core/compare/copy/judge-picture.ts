import type { CopyLine } from '#shared/domain/copy-certificate.ts';
import { copyLine } from './copy-line.ts';
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
  const said = ({ scale, shiftPercent }: AxisFit) =>
    `${(100 * scale).toFixed(1)} % of the size, moved by ${shiftPercent.toFixed(1)} %`;
  const ok = !isOff(vertical) && !isOff(horizontal);
  return copyLine('geometry', pairs === 0 ? undefined : ok, {
    expected: 'all of the picture, where it was',
    measured: ok ? 'where it was' : `across: ${said(horizontal)}; down: ${said(vertical)}`,
    values: {
      ...{ scaleAcross: horizontal.scale, shiftAcrossPercent: horizontal.shiftPercent },
      ...{ scaleDown: vertical.scale, shiftDownPercent: vertical.shiftPercent },
    },
    source: 'Own: half a step of the fit, and only where the fit explains a third of what differs.',
  });
}

function levels({ levels: { y }, pairs }: MeasuredCopy): CopyLine {
  return copyLine('levels', pairs === 0 ? undefined : areKept([y], mostGain, mostOffset), {
    expected: 'black, white and all between as in the master',
    measured: y.isTold
      ? `${(100 * y.gain).toFixed(1)} % of the contrast, ${y.offsetCodes.toFixed(1)} codes higher in the middle`
      : `too flat to tell the contrast by; ${y.offsetCodes.toFixed(1)} codes higher`,
    values: { ...(y.isTold ? { gain: y.gain } : {}), offsetCodes: y.offsetCodes },
    source: `Own: ${100 * mostGain} % and ${mostOffset} of 256 codes; full range taken for limited would be 116 % (ITU-R BT.601).`,
  });
}

function colour({ levels: { u, v }, pairs }: MeasuredCopy): CopyLine {
  return copyLine('colour', pairs === 0 ? undefined : areKept([u, v], mostChromaGain, mostChromaOffset), {
    expected: 'colour as in the master',
    measured: [u, v]
      .map(({ gain, offsetCodes, isTold }, at) => {
        const share = isTold ? `${(100 * gain).toFixed(1)} %` : 'too little colour to tell';
        return `${at === 0 ? 'Cb' : 'Cr'} ${share}, ${offsetCodes.toFixed(1)} codes`;
      })
      .join('; '),
    values: {
      ...(u.isTold ? { gainU: u.gain } : {}),
      ...(v.isTold ? { gainV: v.gain } : {}),
      ...{ offsetCodesU: u.offsetCodes, offsetCodesV: v.offsetCodes },
    },
    source: `Own: ${100 * mostChromaGain} % and ${mostChromaOffset} of 256 codes.`,
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
    expected: `at least ${leastMeanDb} dB and ${leastMeanSsim} on the mean`,
    measured: `${psnrMeanDb.toFixed(1)} dB, SSIM ${ssimMean.toFixed(3)}`,
    values: { psnrMeanDb, ssimMean },
    source: 'Own: H.264 at crf 20 of noisy tape keeps well above it; another picture is far below.',
  });
}

/** A frame that is another one, or torn: it falls out of its surroundings. */
function worstFrame({ picture: { psnrLeastDb }, fall, pairs }: MeasuredCopy): CopyLine {
  const hasFallen = fall.fall > mostFallDb && fall.value < fallenBelowDb;
  return copyLine('worst-frame', pairs === 0 ? undefined : psnrLeastDb >= leastFrameDb && !hasFallen, {
    expected: `no frame below ${leastFrameDb} dB, and none ${mostFallDb} dB below those around it`,
    measured: `${psnrLeastDb.toFixed(1)} dB at worst; the deepest fall is ${fall.fall.toFixed(1)} dB`,
    values: { psnrLeastDb, fallDb: fall.fall, fallPair: fall.pair },
    source: 'Own: coding changes slowly from frame to frame; a frame in the wrong place does not.',
  });
}
