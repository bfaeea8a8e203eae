import { drawDashedMean, drawEnvelope, rowOf } from '../../../ui/graph/draw-envelope.ts';
import {
  createEnvelope,
  type Envelope,
  type PixelPlan,
  planPixels,
  readEnvelope,
} from '../../../ui/graph/envelope.ts';
import { type PixelView, rangeOfView } from '../../../ui/graph/scale.ts';
import { dashedLine, fillBox, type Surface } from '../../../ui/graph/surface.ts';
import { heightOf, type ValueScale } from '../../../ui/graph/value-scale.ts';
import { paintBars, paintLoop, paintMarks, paintOtherBars } from './paint-bars.ts';
import { paintMap } from './paint-map.ts';
import { drawWaveform } from './paint-sound.ts';
import type { PlacedLane, Scene, SecondPass } from './scene.ts';
import { sharedIn } from './second-pass.ts';

/** Draws what a view holds of a scene; `surface` is as wide as the view. Its envelopes are kept from picture to picture. */
export function createBandPainter() {
  let envelope = createEnvelope(0);
  let second = createEnvelope(0);

  return function paint(surface: Surface, scene: Scene, view: PixelView): void {
    const { palette, tiles } = scene;
    if (envelope.mean.length !== surface.width) {
      envelope = createEnvelope(surface.width);
      second = createEnvelope(surface.width);
    }
    surface.pixels.fill(palette.panel);
    const samples = scene.lanes.length > 0 ? tiles?.inSight(rangeOfView(view), view.framesPerPixel) : [];
    const plan = planPixels(samples ?? [], view);
    const planOfSecond = scene.second ? planSecond(scene.second, view) : undefined;
    const read = (into: Envelope, column: string) => {
      readEnvelope(into, plan, column);
      return into;
    };
    for (const placed of scene.lanes) {
      const { lane, top, height } = placed;
      fillBox(surface, 0, top, surface.width, top + height, palette.lane);
      // A canvas of its own shows them.
      if (lane.kind === 'pictures') continue;
      if (lane.kind === 'map') {
        paintMap(surface, placed, lane, plan, envelope.mean, scene);
      } else if (lane.kind === 'sound') {
        const [peak, rms] = lane.columns;
        drawWaveform(surface, placed, read(envelope, peak), read(second, rms), palette);
      } else {
        const scale = scene.scales.get(lane.columns[0]);
        if (!scale) continue;
        paintGround(surface, placed, scale, scene, view);
        const thickness = 1.25 * scene.pixelRatio;
        drawEnvelope(surface, placed, scale, read(envelope, lane.columns[0]), palette, thickness);
        if (planOfSecond) {
          readEnvelope(second, planOfSecond, lane.columns[0]);
          const { otherLine } = palette;
          drawDashedMean(surface, placed, scale, second, view.originPixel, otherLine, thickness);
        }
        paintThreshold(surface, placed, scale, scene);
      }
    }
    if (scene.foot) {
      paintBars(surface, scene.foot.events, scene.bars, view, palette);
      paintOtherBars(surface, scene.foot.events, scene, view);
      paintBars(surface, scene.foot.notes, scene.noteBars, view, palette);
      paintMarks(surface, scene.foot.events, scene, view);
    }
    paintLoop(surface, scene, view);
  };
}

/** The other pass where both show the same, at the first one's frames. */
function planSecond({ tiles, alignment, shiftFrames, frames }: SecondPass, view: PixelView): PixelPlan {
  const { originPixel, framesPerPixel } = view;
  const range = rangeOfView(view);
  return sharedIn(range, alignment, shiftFrames, frames).flatMap(({ from, to, offsetFrames }) => {
    const own = { from: range.from + offsetFrames, to: range.to + offsetFrames };
    const within = {
      fromPixel: Math.round(from / framesPerPixel) - originPixel,
      toPixel: Math.round(to / framesPerPixel) - originPixel,
    };
    return planPixels(tiles.inSight(own, framesPerPixel), view, within, offsetFrames);
  });
}

/** The strips in which the scale bends, and the limits. */
function paintGround(
  surface: Surface,
  placed: PlacedLane,
  scale: ValueScale,
  scene: Scene,
  { originPixel }: PixelView,
): void {
  const { top, height, lane } = placed;
  const { palette, pixelRatio } = scene;
  const dash = Math.round(3 * pixelRatio);
  if (scale.above > 0) {
    const edge = Math.round(rowOf(placed, scale, scale.high));
    fillBox(surface, 0, top, surface.width, edge, palette.strip);
  }
  if (scale.below > 0) {
    const edge = Math.round(rowOf(placed, scale, scale.low));
    fillBox(surface, 0, edge, surface.width, top + height, palette.strip);
  }
  for (const limit of scene.limits.get(lane.key) ?? []) {
    const at = heightOf(scale, limit);
    // A limit that this tape is far from has no place in its scale.
    if (at <= 0 || at >= 1) continue;
    const row = Math.round(rowOf(placed, scale, limit) - 0.5);
    dashedLine(surface, originPixel, row, Math.max(1, Math.round(pixelRatio)), dash, palette.warning);
  }
}

function paintThreshold(surface: Surface, placed: PlacedLane, scale: ValueScale, scene: Scene): void {
  const { threshold, palette, pixelRatio } = scene;
  if (threshold?.key !== placed.lane.key) return;
  const row = Math.round(rowOf(placed, scale, threshold.value) - 0.5);
  fillBox(surface, 0, row, surface.width, row + Math.max(1, Math.round(pixelRatio)), palette.accent);
}
