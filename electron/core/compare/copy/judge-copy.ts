import type { CopyLine } from '#shared/domain/copy-certificate.ts';
import { equalRational, formatRational } from '#shared/domain/rational.ts';
import { copyLine } from './copy-line.ts';
import { isSwapped, leastMotion, mostCrossing } from './field-swap.ts';
import { judgePicture } from './judge-picture.ts';
import { judgeSound } from './judge-sound.ts';
import type { MeasuredCopy } from './measured-copy.ts';

/** Frames more or fewer at the end that a deinterlacer and a constant rate may make of the last ones. */
const lengthSlackFrames = 2;
/** Share of the frames that the picture has to prove before it can be said that none is missing. */
const leastProven = 0.5;

/** The lines of a certificate, by stated limits: those that belong to a recipe only where the copy was made by one. */
export function judgeCopy(copy: MeasuredCopy): CopyLine[] {
  const lines = [
    ...(copy.expected.isRecipe ? [start(copy), length(copy)] : [end(copy)]),
    continuity(copy),
    ...(copy.expected.isRecipe ? [rate(copy)] : []),
    fields(copy),
    ...(copy.expected.isRecipe ? [raster(copy), tags(copy)] : []),
    ...judgePicture(copy),
    ...judgeSound(copy),
  ];
  return lines.filter((line) => line !== undefined);
}

function start({ offsetFrames }: MeasuredCopy): CopyLine {
  return copyLine('start', offsetFrames === null ? undefined : offsetFrames === 0, {
    expected: 'the first picture of the master',
    measured:
      offsetFrames === null
        ? 'the picture does not tell'
        : offsetFrames === 0
          ? 'the first picture of the master'
          : `${Math.abs(offsetFrames)} ${offsetFrames > 0 ? 'more' : 'fewer'} frames before it`,
    values: { offsetFrames: offsetFrames ?? 0 },
    source: 'The recipe cuts nothing and adds nothing at the head.',
  });
}

function length({ expected, framesOfCopy, offsetFrames }: MeasuredCopy): CopyLine {
  const missing = expected.frames + (offsetFrames ?? 0) - framesOfCopy;
  return copyLine('length', Math.abs(missing) <= lengthSlackFrames, {
    expected: `${expected.frames} frames`,
    measured: `${framesOfCopy} frames`,
    values: { expectedFrames: expected.frames, framesOfCopy, missingAtEnd: missing },
    source: `The recipe keeps every frame; ${lengthSlackFrames} for how a deinterlacer ends.`,
  });
}

/** Of files nobody asks how long they are, but that B does not end before A does; it may go on behind it. */
function end({ expected, framesOfCopy, offsetFrames, alignment }: MeasuredCopy): CopyLine {
  const offset = alignment.stretches.at(-1)?.offsetFrames ?? offsetFrames;
  const missing = expected.frames + (offset ?? 0) - framesOfCopy;
  // Where the picture tells no offset, a B with as many frames may still have begun earlier, and ended earlier.
  const isLong = offset === null ? undefined : true;
  return copyLine('length', missing > lengthSlackFrames ? false : isLong, {
    expected: `all ${expected.frames} frames, up to the last`,
    measured:
      missing > lengthSlackFrames
        ? `${framesOfCopy} frames: ${missing} too few${offset === null ? '' : ' at the end'}`
        : offset === null
          ? `${framesOfCopy} frames; the picture does not tell which`
          : `${framesOfCopy} frames, up to the last`,
    values: { expectedFrames: expected.frames, framesOfCopy, missingAtEnd: missing },
    source: `Own: a copy does not end before its source; ${lengthSlackFrames} frames for how a deinterlacer ends.`,
  });
}

function continuity({ alignment, expected }: MeasuredCopy): CopyLine {
  const { stretches } = alignment;
  const proven = alignment.confidence;
  const jumps = Math.max(0, stretches.length - 1);
  const places = stretches.slice(1, 4).map(({ startFrameA }) => startFrameA);
  // A jump has proof on either side of it; that there is none needs proof nearly everywhere: in a still, frames may be missing.
  const isNoneTold = proven >= leastProven ? true : undefined;
  return copyLine('continuity', stretches.length === 0 ? undefined : jumps > 0 ? false : isNoneTold, {
    expected: 'every frame follows on the one before',
    measured:
      stretches.length === 0
        ? 'the picture does not tell'
        : jumps > 0
          ? `${jumps} ${jumps === 1 ? 'jump' : 'jumps'}, at frame ${places.join(', ')}${jumps > 3 ? ' and on' : ''}`
          : isNoneTold
            ? 'no frame is missing or repeated'
            : `no jump is seen, but only ${Math.floor(100 * proven)} % of the picture would show one`,
    values: { jumps, frames: expected.frames, provenShare: proven },
    source: `The recipe keeps every frame. Own: told where ${100 * leastProven} % of the frames are proven by what changes in them.`,
  });
}

function rate({ expected, described }: MeasuredCopy): CopyLine {
  const found = described.video[0]?.averageFrameRate ?? described.video[0]?.frameRate;
  return copyLine('rate', found !== undefined && equalRational(found, expected.frameRate), {
    expected: `${formatRational(expected.frameRate)} pictures a second`,
    measured: found ? `${formatRational(found)} pictures a second` : 'not said',
    source: 'The recipe makes one picture of each field, so that motion stays as smooth as it was.',
  });
}

function fields({ expected, fields: found, described }: MeasuredCopy): CopyLine | undefined {
  if (!expected.isDoubled) return undefined;
  const order = described.video[0]?.fieldOrder;
  const isProgressive = order === undefined || order === 'progressive' || order === 'unknown';
  const moves = Math.max(found.straight, found.crossed) >= leastMotion;
  const swapped = isSwapped(found);
  return copyLine('fields', swapped || !isProgressive ? false : moves ? true : undefined, {
    expected: 'whole pictures, the fields in the order of the master',
    measured: swapped
      ? 'the fields stand in the wrong order'
      : !isProgressive
        ? `marked as interlaced (${order})`
        : moves
          ? 'in the order of the master'
          : 'nothing moves that would tell',
    values: { straightCodes: found.straight, crossedCodes: found.crossed },
    source: `Own: swapped where pictures are ${mostCrossing} times as near to the other one of their frame as to their own.`,
  });
}

function raster({ expected, described }: MeasuredCopy): CopyLine {
  const stream = described.video[0];
  const aspect = stream?.sampleAspect;
  const isSquare = aspect === undefined || aspect.num === aspect.den;
  const [width, height] = [stream?.width ?? 0, stream?.height ?? 0];
  return copyLine('raster', isSquare && width === expected.width && height === expected.height, {
    expected: `${expected.width} x ${expected.height}, square pixels`,
    measured: `${width} x ${height}, ${isSquare ? 'square pixels' : `pixels of ${formatRational(aspect)}`}`,
    values: { width, height },
    source: 'The recipe: square pixels of the pixel shape that the master states (ITU-R BT.601).',
  });
}

function tags({ expected, described }: MeasuredCopy): CopyLine | undefined {
  const { colour } = expected;
  if (!colour) return undefined;
  const stream = described.video[0];
  const wanted = [colour.range, colour.matrix, colour.primaries, colour.transfer];
  const found = [stream?.colourRange, stream?.colourMatrix, stream?.colourPrimaries, stream?.colourTransfer];
  // H.264 in MP4 that says no range means the limited one.
  const isSame = wanted.every((tag, at) => tag === (found[at] ?? (at === 0 ? 'tv' : undefined)));
  return copyLine('tags', isSame, {
    expected: wanted.join(' '),
    measured: found.map((tag) => tag ?? 'not said').join(' '),
    source: 'No colour is converted, so the copy says what the master says.',
  });
}
