import { nominalFrameRate } from '#shared/domain/timecode.ts';
import { barColours } from './bar-colours.ts';
import { bt601, setPair } from './paint.ts';
import { mixSeeds, seededRandom } from './random.ts';
import type { Segment } from './recipe.ts';
import type { Standard } from './standard.ts';
import { drawTestSignal } from './test-picture.ts';
import { testSignalFrames } from './test-signal.ts';
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

function drawBars(picture: PlanarPicture, standard: Standard): void {
  const colours = barColours(standard.name);
  for (let line = 0; line < picture.height; line++) {
    for (let x = 0; x < picture.width; x += 2) {
      setPair(picture, x, line, colours[Math.floor((x * 8) / picture.width)] as [number, number, number]);
    }
  }
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
