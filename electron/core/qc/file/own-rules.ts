import { finding } from '#core/essence/master-check.ts';
import { fieldOrderOf } from '#core/essence/master-checks/picture-checks.ts';
import { videoTrackOf } from '#core/essence/matroska-facts.ts';
import type { FileCheck, FileEvidence, FileFinding } from './file-check.ts';

/**
 * Rules that a profile or a seal states exactly, for files of which nobody stated anything: what MediaConch's policies for FFV1
 * in Matroska ask for, in our words and with tolerances that good files pass.
 */
function rule(
  id: string,
  remedy: string,
  judge: (evidence: FileEvidence) => Omit<FileFinding, 'severity'> | undefined,
): FileCheck {
  return {
    id: `file-${id}`,
    titleKey: `sealCheck.${id}`,
    explanationKey: `qc.fileCheck.${id}`,
    remedy,
    judge(evidence) {
      // What the seal stated is judged by it, exactly; elsewhere by the rule.
      const sealed = evidence.isSealed ? evidence.checks.get(id) : undefined;
      if (sealed) {
        const { ok, expected, measured, message } = sealed;
        return { ok, expected, measured, message, severity: 'fail' };
      }
      // A tape's own stream, copied, says such things itself.
      const found = evidence.scan.ffv1 ? judge(evidence) : undefined;
      return found && { ...found, severity: 'warn' };
    },
  };
}

/** Own: the smallest number above one that ffmpeg's encoder offers; with it a damaged slice costs a quarter of a picture. */
const fewestSlices = 4;

export const slices = rule(
  'ffv1-slices',
  'Encode it anew with more slices, and prove by frame hashes that both decode alike.',
  ({ scan: { ffv1 } }) => {
    if (!ffv1 || ffv1.belowVersion3) return undefined;
    const count = ffv1.slices?.count;
    return finding(
      (count ?? 0) >= fewestSlices,
      `${fewestSlices} or more`,
      `${count ?? 'none'}`,
      'The pictures are hardly divided: damage to one byte costs much of a picture.',
    );
  },
);

/** ITU-T H.273: 2 stands for "not specified". */
const unspecified = 2;

export const colourTags = rule(
  'colour-tags',
  'Find out what the tape was (PAL, NTSC), and write the tags with mkvpropedit: no picture is changed.',
  ({ scan: { facts } }) => {
    const colour = videoTrackOf(facts)?.video?.colour;
    if (!colour) return undefined;
    const missing = (['primaries', 'transfer', 'matrix', 'range'] as const).filter(
      (name) => colour[name] === undefined || (name !== 'range' && colour[name] === unspecified),
    );
    return finding(
      missing.length === 0,
      'primaries, transfer, matrix and range',
      missing.length === 0 ? 'all tagged' : `without ${missing.join(', ')}`,
      'The file does not say which colours its numbers stand for.',
    );
  },
);

/**
 * Display shapes of tapes. An exact rule fails good files (MediaArea/vrecord issue 817): the 720 samples of a line hold 702 to
 * 711 of picture (ITU-R BT.601), so that the whole line is up to 2.6 % wider than 4:3 or 16:9.
 */
const shapes: readonly [name: string, ratio: number][] = [
  ['4:3', 4 / 3],
  ['16:9', 16 / 9],
];
const shapeTolerance = 0.03;

export const aspect = rule(
  'aspect',
  'Find out whether the work is 4:3 or 16:9, and write the display size with mkvpropedit: no picture is changed.',
  ({ scan: { facts } }) => {
    const video = videoTrackOf(facts)?.video;
    if (!video) return undefined;
    const { pixelWidth, pixelHeight, displayUnit } = video;
    const { displayWidth = pixelWidth, displayHeight = pixelHeight } = video;
    const shape = displayUnit === 4 || displayHeight === 0 ? undefined : displayWidth / displayHeight;
    const ok =
      shape !== undefined && shapes.some(([, ratio]) => Math.abs(shape / ratio - 1) <= shapeTolerance);
    return finding(
      ok,
      `4:3 or 16:9, within ${shapeTolerance * 100} %`,
      shape === undefined ? 'not said' : `${shape.toFixed(3)}:1, from ${pixelWidth}x${pixelHeight}`,
      'The picture would be shown in a shape that no tape has.',
    );
  },
);

const orders: Partial<Record<string, string>> = {
  progressive: 'progressive',
  tff: 'interlaced, top field first',
  bff: 'interlaced, bottom field first',
};

export const fieldOrder = rule(
  'field-order',
  'Find out by moving pictures which field is first, and write the flag with mkvpropedit: no picture is changed.',
  ({ scan: { facts } }) => {
    const video = videoTrackOf(facts)?.video;
    if (!video) return undefined;
    const said = orders[fieldOrderOf(video)];
    return finding(
      said !== undefined,
      'interlaced with the first field, or progressive',
      said ?? (video.flagInterlaced === 1 ? 'interlaced, order not said' : 'not said'),
      'The file does not say which field comes first.',
    );
  },
);

const lossless = ['A_PCM/INT/LIT', 'A_PCM/INT/BIG', 'A_PCM/FLOAT/IEEE', 'A_FLAC'];

export const audioFormat = rule(
  'audio-format',
  'Look for the file that this one was made from: what the coding threw away is not in it any more.',
  ({ scan: { facts } }) => {
    const tracks = facts.tracks.filter(({ type }) => type === 'audio');
    if (tracks.length === 0) return undefined;
    const others = tracks.filter(({ codecId }) => !lossless.includes(codecId));
    return finding(
      others.length === 0,
      'PCM, or FLAC',
      [...new Set(tracks.map(({ codecId }) => codecId))].join(', '),
      'The sound was coded with loss.',
    );
  },
);

export const unknownElements: FileCheck = {
  id: 'file-unknown-elements',
  titleKey: 'qc.fileCheck.unknown-elements-title',
  explanationKey: 'qc.fileCheck.unknown-elements',
  remedy: 'Write it into a new Matroska file with a current ffmpeg (-c copy): no picture is changed.',
  followsDamage: true,
  judge({ scan: { facts }, isMaster }) {
    if (!isMaster) return undefined;
    const unknown = facts.damage.filter(({ kind }) => kind === 'unknown-element');
    const [first] = unknown;
    return {
      ...finding(
        unknown.length === 0,
        'elements of RFC 9559 only',
        first ? `${unknown.length} unknown, the first at byte ${first.offset}` : 'all known',
        'The file holds elements that Matroska does not know.',
      ),
      severity: 'info',
    };
  },
};
