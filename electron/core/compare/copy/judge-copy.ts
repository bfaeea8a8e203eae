import type { CopyLine } from '#shared/domain/copy-certificate.ts';
import { equalRational, formatRational, type Rational } from '#shared/domain/rational.ts';
import { copyLine, figure, phrase } from './copy-line.ts';
import type { Complaints } from './decode-complaints.ts';
import { leastMotion, mostCrossing } from './field-swap.ts';
import { judgePicture } from './judge-picture.ts';
import { judgeSound } from './judge-sound.ts';
import type { MeasuredCopy } from './measured-copy.ts';
import { leastApartCodes, mostNear } from './wrong-pictures.ts';

/** Frames more or fewer at the end that a deinterlacer and a constant rate may make of the last ones. */
const lengthSlackFrames = 2;
const slack = figure(lengthSlackFrames, 'frames');
/** Share of the frames that the picture has to prove before it can be said that none is missing. */
const leastProven = 0.5;

/** The lines of a certificate, by stated limits: those that belong to a recipe only where the copy was made by one. */
export function judgeCopy(copy: MeasuredCopy): CopyLine[] {
  const lines = [
    decode(copy),
    start(copy),
    copy.expected.isRecipe ? length(copy) : end(copy),
    continuity(copy),
    ...(copy.expected.isRecipe ? [rate(copy)] : []),
    fields(copy),
    ...(copy.expected.isRecipe ? [raster(copy), tags(copy)] : []),
    ...judgePicture(copy),
    ...judgeSound(copy),
  ];
  return lines.filter((line) => line !== undefined);
}

/** What a decoder covers up is not what was there. What a tape had lost is kept in DV, and says nothing against a file. */
function decode({ complaints, isDv }: MeasuredCopy): CopyLine {
  const { a, b, either } = complaints;
  const isFailed = b !== undefined || (!isDv && (a !== undefined || either !== undefined));
  const said = (key: 'complaintsA' | 'complaintsB' | 'complaintsEither', found: Complaints | undefined) =>
    found ? [phrase(key, { complaints: figure(found.count, 'complaints'), first: found.first })] : [];
  const measured = [
    ...said('complaintsA', a),
    ...said('complaintsB', b),
    ...said('complaintsEither', either),
  ];
  return copyLine('decode', isFailed ? false : measured.length === 0 ? true : undefined, {
    expected: phrase('decoded'),
    measured: measured.length === 0 ? phrase('decoded') : measured,
    values: {
      ...{ complaintsOfMaster: a?.count ?? 0, complaintsOfCopy: b?.count ?? 0 },
      complaintsOfEither: either?.count ?? 0,
    },
    source: phrase('whyDecoded'),
  });
}

/** A recipe cuts and adds nothing; of other files nobody asks but that B does not begin after A does. */
function start({ offsetFrames, expected: { isRecipe } }: MeasuredCopy): CopyLine {
  const isMore = offsetFrames !== null && offsetFrames > 0;
  const isWhole = offsetFrames === 0 || (isMore && !isRecipe);
  return copyLine('start', offsetFrames === null ? undefined : isWhole, {
    expected: phrase('firstPicture'),
    measured:
      offsetFrames === null
        ? phrase('notTold')
        : offsetFrames === 0
          ? phrase('firstPicture')
          : phrase(offsetFrames > 0 ? 'firstMore' : 'firstMissing', {
              frames: figure(Math.abs(offsetFrames), 'frames'),
            }),
    values: { offsetFrames: offsetFrames ?? 0 },
    source: phrase(isRecipe ? 'whyStartRecipe' : 'whyStart'),
  });
}

function length({ expected, framesOfCopy, offsetFrames }: MeasuredCopy): CopyLine {
  const missing = expected.frames + (offsetFrames ?? 0) - framesOfCopy;
  return copyLine('length', Math.abs(missing) <= lengthSlackFrames, {
    expected: phrase('frames', { frames: figure(expected.frames, 'frames') }),
    measured: phrase('frames', { frames: figure(framesOfCopy, 'frames') }),
    values: { expectedFrames: expected.frames, framesOfCopy, missingAtEnd: missing },
    source: phrase('whyLengthRecipe', { slack }),
  });
}

/** Of files nobody asks how long they are, but that B does not end before A does; it may go on behind it. */
function end({ expected, framesOfCopy, offsetFrames, alignment }: MeasuredCopy): CopyLine {
  const frames = figure(framesOfCopy, 'frames');
  const offset = alignment.stretches.at(-1)?.offsetFrames ?? offsetFrames;
  const missing = expected.frames + (offset ?? 0) - framesOfCopy;
  // Where the picture tells no offset, a B with as many frames may still have begun earlier, and ended earlier.
  const isLong = offset === null ? undefined : true;
  return copyLine('length', missing > lengthSlackFrames ? false : isLong, {
    expected: phrase('allFrames', { frames: figure(expected.frames, 'frames') }),
    measured:
      missing > lengthSlackFrames
        ? phrase(offset === null ? 'tooFew' : 'tooFewAtEnd', { frames, missing: figure(missing) })
        : phrase(offset === null ? 'framesWhich' : 'framesToLast', { frames }),
    values: { expectedFrames: expected.frames, framesOfCopy, missingAtEnd: missing },
    source: phrase('whyLength', { slack }),
  });
}

function continuity({
  alignment,
  expected,
  wrongPictures,
  fields: { swappedFrames },
}: MeasuredCopy): CopyLine {
  const { stretches } = alignment;
  const proven = alignment.confidence;
  const jumps = Math.max(0, stretches.length - 1);
  const places = stretches.slice(1, 4).map(({ startFrameA }) => startFrameA);
  // A jump has proof on either side of it; that there is none needs proof nearly everywhere: in a still, frames may be missing.
  const isNoneTold = proven >= leastProven ? true : undefined;
  // Fields that are swapped have a line of their own, and pictures behind a jump are none of their neighbours.
  const wrong = swappedFrames > 0 || jumps > 0 ? 0 : wrongPictures.count;
  const isWrong = jumps > 0 || wrong > 0;
  return copyLine('continuity', isWrong ? false : stretches.length === 0 ? undefined : isNoneTold, {
    expected: phrase('everyFrame'),
    measured:
      wrong > 0
        ? phrase('wrongPictures', { count: figure(wrong, 'frames'), place: figure(wrongPictures.first ?? 0) })
        : stretches.length === 0
          ? phrase('notTold')
          : jumps > 0
            ? phrase(jumps > 3 ? 'jumpsOn' : 'jumps', {
                jumps: figure(jumps, 'jumps'),
                places: places.join(', '),
              })
            : isNoneTold
              ? phrase('noneMissing')
              : phrase('fewProven', { share: figure(Math.floor(100 * proven), '%') }),
    values: { jumps, frames: expected.frames, provenShare: proven, wrongPictures: wrong },
    source: phrase('whyContinuity', {
      ...{ share: figure(100 * leastProven, '%'), near: figure(100 * mostNear, '%') },
      apart: figure(leastApartCodes, 'codes'),
    }),
  });
}

function rate({ expected, described }: MeasuredCopy): CopyLine {
  const found = described.video[0]?.averageFrameRate ?? described.video[0]?.frameRate;
  return copyLine('rate', found !== undefined && equalRational(found, expected.frameRate), {
    expected: ratePhrase(expected.frameRate),
    measured: found ? ratePhrase(found) : phrase('notSaid'),
    source: phrase('whyRate'),
  });
}

/** `50 pictures a second`; one that is no whole number with what it is exactly. */
function ratePhrase({ num, den }: Rational) {
  return num % den === 0
    ? phrase('rate', { rate: figure(num / den) })
    : phrase('rateExactly', { rate: figure(num / den, '', 2), exactly: formatRational({ num, den }) });
}

function fields({ expected, fields: found, described }: MeasuredCopy): CopyLine | undefined {
  if (!expected.isDoubled) return undefined;
  const order = described.video[0]?.fieldOrder;
  const isProgressive = order === undefined || order === 'progressive' || order === 'unknown';
  const moves = Math.max(found.straight, found.crossed) >= leastMotion;
  const swapped = found.swappedFrames > 0;
  return copyLine('fields', swapped || !isProgressive ? false : moves ? true : undefined, {
    expected: phrase('wholePictures'),
    measured: swapped
      ? phrase('fieldsWrong', {
          frames: figure(found.swappedFrames, 'frames'),
          all: figure(expected.frames / 2),
          place: figure(found.firstSwapped ?? 0),
        })
      : !isProgressive
        ? phrase('fieldsMarked', { order })
        : phrase(moves ? 'fieldsRight' : 'fieldsStill'),
    values: {
      straightCodes: found.straight,
      crossedCodes: found.crossed,
      swappedFrames: found.swappedFrames,
    },
    source: phrase('whyFields', { times: figure(mostCrossing, '', 1) }),
  });
}

function raster({ expected, described }: MeasuredCopy): CopyLine {
  const stream = described.video[0];
  const aspect = stream?.sampleAspect;
  const isSquare = aspect === undefined || aspect.num === aspect.den;
  const [width, height] = [stream?.width ?? 0, stream?.height ?? 0];
  const size = { width: String(width), height: String(height) };
  return copyLine('raster', isSquare && width === expected.width && height === expected.height, {
    expected: phrase('rasterSquare', { width: String(expected.width), height: String(expected.height) }),
    measured: isSquare
      ? phrase('rasterSquare', size)
      : phrase('rasterPixels', { ...size, shape: formatRational(aspect) }),
    values: { width, height },
    source: phrase('whyRaster'),
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
    expected: phrase('tags', { tags: wanted.join(' ') }),
    // A dash for what the file does not say.
    measured: phrase('tags', { tags: found.map((tag) => tag ?? '–').join(' ') }),
    source: phrase('whyTags'),
  });
}
