import { type DamageKind, videoTrackOf } from '#core/essence/matroska-facts.ts';
import type { Severity } from '#shared/domain/qc.ts';
import type { FileCheck, FileEvidence, FileFinding } from './file-check.ts';

/** Nothing is lost by these: the file is not as it should be, and all that was written is there. */
const harmless: readonly DamageKind[] = ['unknown-element', 'trailing-bytes', 'document-type'];

/** True where bytes are missing, changed or unreadable: what the file held is not all there. */
function isDamaged({ scan: { facts } }: FileEvidence): boolean {
  return (
    facts.truncatedAtByte !== undefined ||
    facts.clusters.crcWrong > 0 ||
    facts.elements.some(({ crc }) => crc === 'wrong') ||
    facts.damage.some(({ kind }) => !harmless.includes(kind))
  );
}

/** `It ends early: 6.0 of 10.0 s are there.` Undefined where the head of the file does not tell more than there is. */
function howMuchIsThere({ scan: { facts } }: FileEvidence): string | undefined {
  const last = videoTrackOf(facts)?.blocks.lastTimestampTicks;
  const said = facts.info.durationMs;
  if (last === undefined || said === undefined || facts.truncatedAtByte === undefined) return undefined;
  const isMs = (last * facts.info.timestampScaleNs) / 1e6;
  // Own: a tenth of a second is a frame or two, and a last block of sound.
  if (said - isMs < 100) return undefined;
  return `It ends early: ${(isMs / 1000).toFixed(1)} of ${(said / 1000).toFixed(1)} s are there.`;
}

/** A rule of the seal, judged again on a file. What a seal stated and does not hold is a failure; so is damage. */
function rule(
  id: string,
  remedy: string,
  {
    otherwise = 'warn' as Severity,
    forAnyFile = false,
    onlySealed = false,
    followsDamage = false,
    damages = (_evidence: FileEvidence): boolean => false,
  } = {},
): FileCheck {
  return {
    id: `file-${id}`,
    titleKey: `sealCheck.${id}`,
    explanationKey: `qc.fileCheck.${id}`,
    remedy,
    followsDamage,
    judge(evidence): FileFinding | undefined {
      const found = evidence.checks.get(id);
      if (!found || (onlySealed && !evidence.isSealed)) return undefined;
      const isFailure = evidence.isSealed || damages(evidence);
      if (!evidence.isMaster && !(forAnyFile && damages(evidence))) return undefined;
      const { ok, expected, measured, message } = found;
      return { ok, expected, measured, message, severity: isFailure ? 'fail' : otherwise };
    },
  };
}

const again =
  'Compare its digest with the one taken when it was made, and fetch another copy if they differ.';
const remux = 'Write it into a new Matroska file with a current ffmpeg (-c copy): no picture is changed.';

const anyStructure = rule('matroska-structure', again, { forAnyFile: true, damages: isDamaged });
export const structure: FileCheck = {
  ...anyStructure,
  judge(evidence) {
    const found = anyStructure.judge(evidence);
    const missing = found?.ok === false ? howMuchIsThere(evidence) : undefined;
    return found && missing ? { ...found, message: `${missing} ${found.message}` } : found;
  },
};
export const crc = rule('matroska-crc', again, {
  forAnyFile: true,
  followsDamage: true,
  damages: ({ scan: { facts } }) =>
    facts.clusters.crcWrong > 0 || facts.elements.some((element) => element.crc === 'wrong'),
});
export const cues = rule('matroska-cues', remux, { followsDamage: true });
export const duration = rule('matroska-duration', remux, { followsDamage: true });
export const uniqueId = rule('matroska-unique-id', remux, { otherwise: 'info' });
export const timestamps = rule(
  'timestamps',
  'Look at the frames before and behind it: the recording lost frames, or its writer stopped and went on.',
);
export const ffv1Version = rule(
  'ffv1-version',
  'Encode it anew as FFV1 version 3, and prove by frame hashes that both decode alike.',
);
export const ffv1Intra = rule(
  'ffv1-intra',
  'Encode it anew with -g 1, and prove by frame hashes that both decode alike.',
);
export const ffv1SliceCrc = rule(
  'ffv1-slice-crc',
  'Encode it anew with -slicecrc 1, and prove by frame hashes that both decode alike.',
);
export const raster = rule('raster', 'Find out which file this is: its seal speaks of another picture.', {
  onlySealed: true,
});
export const audioLength = rule(
  'audio-length',
  'Look and listen at the end: one of the two was cut, or they ran apart.',
  { followsDamage: true },
);
