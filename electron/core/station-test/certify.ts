import type { Certificate } from '#shared/domain/certificate.ts';
import type { CertificateId } from '#shared/domain/ids.ts';
import type { Pass, SealCheck } from '#shared/domain/pass.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { type Figure, figureChecks, foundFigures } from './figure.ts';
import type { RecordingMeasures } from './measure-recording.ts';
import { pictureFigures } from './picture-figures.ts';
import { recordingFigures } from './recording-figures.ts';
import { soundFigures } from './sound-figures.ts';

/** All that a certificate is made of. */
export interface TestEvidence {
  pass: Pass;
  measures: RecordingMeasures;
  sampleAspect: { measured: Rational | undefined; expected: Rational };
  channels: number;
  askedS: number;
  masterBytes: number;
  writeBytesPerS: number;
  /** The generator gives bars and tone only: no clapper, nothing that moves. */
  isBarsOnly: boolean;
  /** Peak of the tone that was played, where the operator named it. */
  toneDbfs?: number | undefined;
}

/**
 * Judges a self-test. It is good when the recording was sealed and every figure that is required was found within its limits;
 * what was not found is a check of its own, that says so. Pure.
 */
export function certify(evidence: TestEvidence, id: CertificateId, testedAt: string): Certificate {
  const { pass } = evidence;
  const figures = figuresOf(evidence);
  const checks = [...pass.sealChecks, sealed(pass), pattern(evidence), ...figureChecks(figures)];
  return {
    id,
    testedAt,
    ok: checks.every(({ ok }) => ok),
    sourceId: pass.sourceId,
    profileId: pass.profileId,
    chainName: pass.chainName,
    frames: pass.frames,
    droppedFrames: pass.droppedFrames + pass.lostFrames,
    figures: foundFigures(figures),
    checks,
  };
}

function figuresOf(evidence: TestEvidence): Figure[] {
  const { pass, measures, sampleAspect, channels, isBarsOnly, toneDbfs } = evidence;
  const { video } = pass;
  return [
    ...pictureFigures(measures, { video, sampleAspect, isMotionRequired: !isBarsOnly }),
    ...soundFigures(measures, {
      standard: video.standard,
      toneDbfs,
      channels,
      isClapperRequired: !isBarsOnly,
    }),
    ...recordingFigures(pass, evidence),
  ];
}

function sealed({ state }: Pass): SealCheck {
  const ok = state === 'sealed';
  return {
    id: 'sealed',
    ok,
    expected: 'sealed',
    measured: state,
    message: ok
      ? ''
      : 'The test recording could not be proved: no recording of this station can be trusted now.',
  };
}

function pattern({ measures: { bars } }: TestEvidence): SealCheck {
  return {
    id: 'bars',
    ok: bars !== undefined,
    expected: 'colour bars',
    measured: bars?.pattern ?? 'none',
    message: bars ? '' : 'No colour bars were found: play bars over the whole picture, and test again.',
  };
}
