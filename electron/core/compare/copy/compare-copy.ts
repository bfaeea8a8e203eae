import { alignApart } from '#core/compare/alignment/align-apart.ts';
import type { Curves } from '#core/compare/alignment/curves.ts';
import { type MediaDescription, probe } from '#core/ffmpeg/probe.ts';
import type { Alignment } from '#shared/domain/alignment.ts';
import type { CopyComparison } from '#shared/domain/copy-certificate.ts';
import { createFieldSwap } from './field-swap.ts';
import { deepestFall, leastOf, meanOf, worstOf } from './frame-figures.ts';
import { createFullLook, fullLookEvery } from './full-look.ts';
import { createGeometryFit } from './geometry.ts';
import { createHeardGroup, type HeardChannel } from './heard-sound.ts';
import { judgeCopy } from './judge-copy.ts';
import { createLevelFit } from './level-fit.ts';
import type { CopyExpectation, MeasuredCopy } from './measured-copy.ts';
import { decodePaired, type ListenedTrack } from './paired-decode.ts';
import { pictureStartS } from './picture-start.ts';
import { type SoundGroup, soundGroups } from './sound-groups.ts';
import { syncOf } from './sync-windows.ts';
import { createTinyCurves, meansOfFrames } from './tiny-curves.ts';
import { createWrongPictures } from './wrong-pictures.ts';

export interface CopyRequest {
  ffmpegPath: string;
  ffprobePath: string;
  pathA: string;
  pathB: string;
  /** From a picture of A, and of B, to what is held against each other. */
  filtersA: readonly string[];
  filtersB: readonly string[];
  expected: CopyExpectation;
  describedA: MediaDescription;
  describedB: MediaDescription;
  /** Frames by which B is known to come later; undefined: it is found out. */
  offsetFrames?: number | undefined;
  onProgress?: ((pairs: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** Worst frames that are told of each measure, and how far apart they are, in seconds. */
const [worstByPsnr, worstBySsim, apartS] = [5, 3, 0.5];

/**
 * Holds a copy against what it was made from: one decode of both. Where the picture tells that the copy begins elsewhere, a
 * second one with its frames in their places, so that figures are of the same frames.
 */
export async function compareCopy(request: CopyRequest): Promise<CopyComparison> {
  const { expected } = request;
  const framesOfCopy = (await framesIn(request)) * (expected.isCopyInterlaced ? 2 : 1);
  const first = await measurePairs(request, request.offsetFrames ?? 0, framesOfCopy);
  const found = request.offsetFrames ?? first.aligned.stretches[0]?.offsetFrames;
  const pairs =
    found === undefined || found === first.offsetFrames
      ? first
      : await measurePairs(request, found, framesOfCopy);
  const offsetFrames = found ?? null;
  const heard = syncOf(pairs.soundChannels);
  const { psnr, ssim, skipA, skipB } = pairs;
  const measured: MeasuredCopy = {
    expected,
    isDv: request.describedA.video[0]?.codec === 'dvvideo',
    complaints: pairs.complaints,
    described: request.describedB,
    framesOfCopy,
    alignment: alignmentOf(pairs, skipA, skipB),
    offsetFrames,
    fields: pairs.fields,
    levels: pairs.levels,
    geometry: pairs.geometry,
    look: pairs.look,
    wrongPictures: pairs.wrongPictures,
    fall: deepestFall(psnr, 25),
    picture: {
      psnrMeanDb: meanOf(psnr),
      psnrLeastDb: leastOf(psnr),
      ssimMean: meanOf(ssim),
      ssimLeast: leastOf(ssim),
    },
    pairs: psnr.length,
    soundChannels: pairs.soundChannels,
    sync: heard,
    lengthS: pairs.lengthS,
  };
  const lines = judgeCopy(measured);
  const places = {
    apartFrames: Math.ceil((apartS * expected.frameRate.num) / expected.frameRate.den),
    frameOf: (pair: number) => pair + skipB,
    masterOf: (pair: number) => pair + skipA,
  };
  return {
    ok: lines.every(({ state }) => state !== 'failed'),
    lines,
    framesExpected: expected.frames,
    framesOfCopy,
    framesCompared: psnr.length,
    offsetFrames,
    alignment: measured.alignment,
    frameRate: expected.frameRate,
    picture: measured.picture,
    syncMs: heard.syncMs,
    driftPpm: heard.driftPpm,
    syncWindows: heard.windows,
    worst: [
      ...worstOf('psnr', psnr, { ...places, most: worstByPsnr }),
      ...worstOf('ssim', ssim, { ...places, most: worstBySsim }),
    ],
    picturesPerFrame: { master: expected.isDoubled ? 2 : 1, copy: expected.isCopyInterlaced ? 2 : 1 },
  };
}

function groupsOf({ describedA, describedB }: CopyRequest): SoundGroup[] {
  const [a, b] = [describedA, describedB].map(({ audio }) => audio.map(({ channels }) => channels));
  return soundGroups(a ?? [], b ?? []);
}

/** One decode: figures of each pair, and what the thumbnails tell. */
async function measurePairs(request: CopyRequest, offsetFrames: number, framesOfCopy: number) {
  const { expected } = request;
  const curves = { a: createTinyCurves(), b: createTinyCurves() };
  const levels = { y: createLevelFit(), u: createLevelFit(), v: createLevelFit() };
  const geometry = createGeometryFit(expected.frames);
  const fields = createFieldSwap();
  const wrongPictures = createWrongPictures();
  const look = createFullLook();
  const { width, height } = expected;
  const isEven = width % 2 === 0 && height % 2 === 0;
  const [skipA, skipB] = [Math.max(0, -offsetFrames), Math.max(0, offsetFrames)];
  const secondsOf = (frames: number) => (frames * expected.frameRate.den) / expected.frameRate.num;
  const lengthS = secondsOf(Math.max(0, Math.min(expected.frames - skipA, framesOfCopy - skipB)));
  const clocks = { a: pictureStartS(request.describedA), b: pictureStartS(request.describedB) };
  const groups = groupsOf(request).map((group) => {
    const heard = createHeardGroup({
      ...{ group, lengthS, startS: clocks.a + secondsOf(skipA) },
      offsetS: secondsOf(offsetFrames) + clocks.b - clocks.a,
    });
    return { group, heard };
  });
  const listenedIn = new Map(
    groups.flatMap(({ group, heard }) =>
      (['a', 'b'] as const).flatMap((side) =>
        group[side].map((track): [ListenedTrack, typeof heard] => [{ ...track, side }, heard]),
      ),
    ),
  );
  let isFirst = skipA % 2 === 1;
  const figures = await decodePaired({
    ...request,
    frameRate: expected.frameRate,
    skipA,
    skipB,
    sound: [...listenedIn.keys()],
    onSound: (listened, chunk) => listenedIn.get(listened)?.add(listened.side, listened.track, chunk),
    full: isEven ? { every: fullLookEvery(expected.frames), width, height } : undefined,
    onFull: look.add,
    onPair(a, b) {
      wrongPictures.add(a.y, b.y);
      curves.a.add(a);
      curves.b.add(b);
      levels.y.add(a.y, b.y);
      levels.u.add(a.u, b.u);
      levels.v.add(a.v, b.v);
      geometry.add(a.y, b.y);
      // Pairs are those of one frame of the master: an odd one at the head has lost its other.
      if (!isFirst) fields.add(a.y, b.y);
      isFirst = false;
    },
  });
  const differences = fields.differences();
  // Pictures in the wrong order would look like a jump at every one of them.
  const [inA, inB] = [curves.a, curves.b].map((side) => {
    const found = side.curves(expected.frameRate);
    return expected.isDoubled && differences.swappedFrames > 0 ? meansOfFrames(found) : found;
  }) as [Curves, Curves];
  return {
    ...figures,
    offsetFrames,
    skipA,
    skipB,
    aligned: await alignApart({ a: inA, b: inB }),
    fields: differences,
    levels: { y: levels.y.fit(), u: levels.u.fit(), v: levels.v.fit() },
    geometry: geometry.fit(),
    look: look.look(),
    wrongPictures: wrongPictures.told(),
    lengthS,
    soundChannels: channelsOf(groups.map(({ heard }) => heard)),
  };
}

function channelsOf(groups: readonly ReturnType<typeof createHeardGroup>[]): HeardChannel[] {
  const found: HeardChannel[] = [];
  for (const group of groups) found.push(...group.channels(found.length));
  return found;
}

/** In frames of the files, not of what was left of them at the head. */
function alignmentOf(
  { aligned }: { aligned: { stretches: Alignment['stretches']; confidence: number } },
  skipA: number,
  skipB: number,
): Alignment {
  return {
    stretches: aligned.stretches.map(({ startFrameA, frames, offsetFrames }) => ({
      startFrameA: startFrameA + skipA,
      frames,
      offsetFrames: offsetFrames + skipB - skipA,
    })),
    confidence: aligned.confidence,
    soundOffsetMs: null,
  };
}

/** Counted by the container's index where it has one; by its packets otherwise. */
async function framesIn({ ffprobePath, pathB, describedB, signal }: CopyRequest): Promise<number> {
  const said = describedB.video[0]?.frameCount;
  if (said !== undefined) return said;
  const counted = await probe(ffprobePath, pathB, { countPackets: true, signal });
  return counted.video[0]?.packetCount ?? 0;
}
