import { nominalFrameRate } from '#shared/domain/timecode.ts';
import { mixSeeds, seededRandom } from './random.ts';
import type { Segment } from './recipe.ts';
import type { Standard } from './standard.ts';
import { isClap, testPillar, testRows, testSignalFrames } from './test-signal.ts';
import { type PlanarPicture, packV210, planarPicture } from './v210.ts';

interface Raster {
  width: number;
  height: number;
}

/** Frames of a content before it comes round again: a scene takes two seconds, the test signal three, noise eight frames. */
export function loopFrames(content: Segment['content'], standard: Standard): number {
  if (content === 'scene') return nominalFrameRate(standard.frameRate) * 2;
  if (content === 'station-test') return testSignalFrames(standard);
  return content === 'noise' || content === 'black' ? 8 : 1;
}

/** Draws every frame of one kind of content, packed as v210. */
export function* renderContent(
  content: Segment['content'],
  standard: Standard,
  raster: Raster,
  seed: number,
): Generator<Uint8Array> {
  for (let frame = 0; frame < loopFrames(content, standard); frame++) {
    yield packV210(drawFrame(content, frame, standard, raster, seed));
  }
}

function drawFrame(
  content: Segment['content'],
  frame: number,
  standard: Standard,
  raster: Raster,
  seed: number,
): PlanarPicture {
  const picture = planarPicture(raster.width, raster.height);
  if (content === 'bars') drawBars(picture, standard);
  else if (content === 'station-test') drawTestSignal(picture, frame, standard);
  else if (content === 'black') drawBlack(picture, mixSeeds(seed, frame));
  else if (content === 'noise') drawNoise(picture, mixSeeds(seed, frame));
  else {
    // Two fields, each at its own moment: the first one at 2n, the second at 2n + 1.
    const firstLine = standard.fieldOrder === 'tff' ? 0 : 1;
    drawSceneField(picture, firstLine, frame * 2, standard);
    drawSceneField(picture, 1 - firstLine, frame * 2 + 1, standard);
  }
  return picture;
}

/** R'G'B' of 0 to 1 as 10-bit Y'CbCr, ITU-R BT.601. */
function bt601(red: number, green: number, blue: number): [number, number, number] {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  return [
    Math.round(64 + 876 * luma),
    Math.round(512 + (896 * (blue - luma)) / 1.772),
    Math.round(512 + (896 * (red - luma)) / 1.402),
  ];
}

/** White, yellow, cyan, green, magenta, red, blue, black at 75 %; PAL has its white at 100 % (EBU bars 100/0/75/0). */
export function barColours(standard: Standard['name']): [number, number, number][] {
  const white = standard === 'PAL' ? 1 : 0.75;
  const colours: [number, number, number][] = [[white, white, white]];
  for (const [red, green, blue] of [
    [1, 1, 0],
    [0, 1, 1],
    [0, 1, 0],
    [1, 0, 1],
    [1, 0, 0],
    [0, 0, 1],
    [0, 0, 0],
  ] as const) {
    colours.push([red * 0.75, green * 0.75, blue * 0.75]);
  }
  return colours.map(([red, green, blue]) => bt601(red, green, blue));
}

function drawBars(picture: PlanarPicture, standard: Standard): void {
  const colours = barColours(standard.name);
  for (let line = 0; line < picture.height; line++) {
    for (let x = 0; x < picture.width; x += 2) {
      setPair(picture, x, line, colours[Math.floor((x * 8) / picture.width)] as [number, number, number]);
    }
  }
}

const plainBlack = [64, 512, 512] as const;
const plainWhite = [940, 512, 512] as const;

/**
 * The station's test picture: bars (PAL: EBU 100/0/75/0; NTSC: SMPTE EG 1 with its lower rows), over them a pillar that moves from
 * field to field, and at the top a clapper that is white for two frames every three seconds.
 */
function drawTestSignal(picture: PlanarPicture, frame: number, standard: Standard): void {
  const { width, height } = picture;
  const bars = barColours(standard.name);
  for (let line = 0; line < height; line++) {
    const isSecondField = (line % 2 === 0) === (standard.fieldOrder === 'bff');
    const pillar = testPillar(frame * 2 + (isSecondField ? 1 : 0), width, standard);
    const colourAt = rowOfTestSignal(line / height, bars, standard);
    for (let x = 0; x < width; x += 2) {
      let colour: readonly number[] = colourAt(x / width);
      if (line / height < testRows.bars) {
        const isPillar =
          line / height >= testRows.pillar && x >= pillar.left && x < pillar.left + pillar.width;
        colour = isClap(frame) || isPillar ? plainWhite : plainBlack;
      }
      setPair(picture, x, line, colour);
    }
  }
}

function rowOfTestSignal(
  depth: number,
  bars: readonly (readonly number[])[],
  standard: Standard,
): (across: number) => readonly number[] {
  const equal = (colours: readonly (readonly number[])[]) => (across: number) =>
    colours[Math.min(colours.length - 1, Math.floor(across * colours.length))] as readonly number[];
  if (standard.name === 'PAL') return equal(bars);
  const [grey, , cyan, , magenta, , blue] = bars as [number, number, number][];
  if (depth < testRows.castellations) return equal(bars.slice(0, 7));
  if (depth < testRows.pluge) {
    return equal([blue, plainBlack, magenta, plainBlack, cyan, plainBlack, grey] as readonly number[][]);
  }
  return (across) => {
    // -I, white, +Q, black, PLUGE (4 % below black, black, 4 % above), black. -I and +Q: a fifth of full scale along
    // these axes of NTSC, with luma at black.
    if (across < 5 / 28) return [64, 624, 390];
    if (across < 10 / 28) return plainWhite;
    if (across < 15 / 28) return [64, 684, 591];
    if (across >= 5 / 7 && across < 16 / 21) return [29, 512, 512];
    if (across >= 17 / 21 && across < 18 / 21) return [99, 512, 512];
    return plainBlack;
  };
}

/** Black as a tape gives it: a little noise around nominal black, below it too. Only a machine makes a flat one. */
function drawBlack(picture: PlanarPicture, seed: number): void {
  const random = seededRandom(seed);
  const around = (level: number) => level + Math.round((random() + random() - 1) * 10);
  for (let index = 0; index < picture.y.length; index++) picture.y[index] = around(64);
  for (let index = 0; index < picture.cb.length; index++) {
    picture.cb[index] = around(512);
    picture.cr[index] = around(512);
  }
}

function drawNoise(picture: PlanarPicture, seed: number): void {
  const random = seededRandom(seed);
  for (let index = 0; index < picture.y.length; index++) picture.y[index] = 64 + Math.floor(random() * 877);
  for (let index = 0; index < picture.cb.length; index++) {
    picture.cb[index] = 448 + Math.floor(random() * 129);
    picture.cr[index] = 448 + Math.floor(random() * 129);
  }
}

/** Left edge of the moving pillar in a scene, in pixels, at a field of the loop. It goes round once per loop. */
export function pillarLeft(field: number, width: number, standard: Standard): number {
  const fields = loopFrames('scene', standard) * 2;
  return Math.floor(((field % fields) * width) / fields / 2) * 2;
}

/** Width of the pillar in pixels. */
function pillarWidth(width: number): number {
  return Math.max(4, Math.floor(width / 48) * 2);
}

/** A sky that fades, hills, a sun on its way round, and a bright pillar that crosses the lower third. */
function drawSceneField(picture: PlanarPicture, firstLine: number, field: number, standard: Standard): void {
  const { width, height } = picture;
  const turn = (field / (loopFrames('scene', standard) * 2)) * 2 * Math.PI;
  const sunX = width * (0.5 + 0.3 * Math.cos(turn));
  const sunY = height * (0.38 + 0.12 * Math.sin(turn));
  const radius = height / 10;
  const sun = bt601(0.95, 0.8, 0.3);
  const pillar = bt601(0.9, 0.9, 0.9);
  const left = pillarLeft(field, width, standard);
  const right = left + pillarWidth(width);
  for (let line = firstLine; line < height; line += 2) {
    const depth = line / height;
    const sky = bt601(0.2 + 0.3 * depth, 0.35 + 0.3 * depth, 0.75 - 0.2 * depth);
    const across = Math.sqrt(Math.max(0, radius * radius - (line - sunY) ** 2));
    for (let x = 0; x < width; x += 2) {
      const hill = 0.62 + 0.06 * Math.sin((x / width) * 9 + turn);
      if (depth > 0.66 && x >= left && x < right) setPair(picture, x, line, pillar);
      else if (depth > hill) {
        // A texture that stays put, so that the scene has detail for a codec to keep.
        const grain = ((x * 7919 + line * 104_729) >>> 3) & 31;
        const grass = bt601(0.15, 0.3, 0.12);
        setPair(picture, x, line, [grass[0] + grain, grass[1], grass[2]]);
      } else setPair(picture, x, line, across > 0 && Math.abs(x - sunX) < across ? sun : sky);
    }
  }
}

/** Sets two pixels that share their chroma. */
function setPair(picture: PlanarPicture, x: number, line: number, colour: readonly number[]): void {
  const [luma, cb, cr] = colour as [number, number, number];
  const at = line * picture.width + x;
  picture.y[at] = luma;
  picture.y[at + 1] = luma;
  picture.cb[at >> 1] = cb;
  picture.cr[at >> 1] = cr;
}

/** Fills a picture with one colour. */
export function fill(picture: PlanarPicture, colour: readonly [number, number, number]): void {
  picture.y.fill(colour[0]);
  picture.cb.fill(colour[1]);
  picture.cr.fill(colour[2]);
}
