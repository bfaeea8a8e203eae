import { mapBands, mapColumns, mapFields, mapSubjects } from '#shared/domain/tape-map.ts';
import { createFieldComparer } from './field-balance.ts';
import { createFieldBands } from './field-bands.ts';
import type { PictureInstrumentKind } from './instrument.ts';
import { blockSamples, createLineBlocks, type LineBlocks, sumLineBlocks } from './line-blocks.ts';
import { createNoisyLineFinder } from './noisy-lines.ts';
import { createRepeatedLineCounter } from './repeated-lines.ts';
import { createStreakFinder } from './streaks.ts';

const measure = (id: string, unit: 'line' | 'pixel' | 'code' | 'dB') =>
  ({ id, medium: 'video', unit, key: undefined }) as const;

/**
 * Damage that follows the lines of a tape: streaks, lines that a compensator repeated, bands of noise, and what sets
 * one field (one head) apart from the other. Needs the picture before; without it there is nothing to say.
 */
export const lineDamage: PictureInstrumentKind = {
  name: 'line-damage',
  measures: [
    measure('streakLines', 'line'),
    // Told one picture later: so many of the lines of the picture before stay, and are part of the scene.
    measure('streakLinesKept', 'line'),
    measure('streakPixels', 'pixel'),
    measure('repeatedLines', 'line'),
    measure('noisyBandRow', 'line'),
    measure('noisyBandRows', 'line'),
    measure('upperTexture', 'code'),
    measure('lowerTexture', 'code'),
    measure('fieldPeakDb', 'dB'),
    measure('fieldLevelDifference', 'code'),
    // The tape map: damaged lines of each band and field, then their luma.
    ...mapSubjects.flatMap((subject) =>
      mapFields.flatMap((field) =>
        mapColumns(subject, field).map((id) => measure(id, subject === 'luma' ? 'code' : 'line')),
      ),
    ),
  ],
  open(raster) {
    const blocks = createLineBlocks(raster);
    const streakFinder = createStreakFinder(raster);
    const noisyLineFinder = createNoisyLineFinder(raster);
    const repeatedLineCounter = createRepeatedLineCounter(raster);
    const compareFields = createFieldComparer(raster);
    const fieldBands = createFieldBands(raster);
    const usualStepOf = createUsualStep(raster.height, raster.bitDepth);
    let hasBlocks = false;
    return {
      measure(picture, previous, into, at) {
        if (!previous) {
          hasBlocks = false;
          into.fill(Number.NaN, at, at + lineDamage.measures.length);
          return;
        }
        // Behind a gap the blocks still hold what was before it: the level of the picture before is wanted.
        if (!hasBlocks) {
          sumLineBlocks(previous, previous, raster, blocks);
          // Lines that were alike there already are not new.
          repeatedLineCounter.count(previous, blocks, usualStepOf(blocks));
        }
        hasBlocks = true;
        sumLineBlocks(picture, previous, raster, blocks);
        const usualStep = usualStepOf(blocks);
        const noiseCodes = usualStep / blockSamples / 1.128;
        const streaks = streakFinder.find(blocks, picture, previous, noiseCodes);
        const band = noisyLineFinder.find(blocks, picture, previous, noiseCodes);
        const fields = compareFields(blocks);
        into[at] = streaks.lines;
        into[at + 1] = streaks.keptLines;
        into[at + 2] = streaks.longestPixels;
        into[at + 3] = repeatedLineCounter.count(picture, blocks, usualStep);
        into[at + 4] = band.firstRow;
        into[at + 5] = band.rows;
        into[at + 6] = fields.upperTexture;
        into[at + 7] = fields.lowerTexture;
        into[at + 8] = fields.peakDb;
        into[at + 9] = fields.levelDifference;
        fieldBands.countMarked([streaks.rows, band.isNoisy, repeatedLineCounter.rows], into, at + 10);
        fieldBands.meanLuma(blocks, into, at + 10 + 2 * mapBands);
      },
    };
  },
};

/**
 * The difference between neighbouring lines where the picture has no detail, as a block's sum: what noise alone makes.
 * The lower fifth of all blocks, without those that have none at all (blanking, letter box, captions).
 */
function createUsualStep(height: number, bitDepth: number): (blocks: LineBlocks) => number {
  const bins = new Int32Array(1024);
  const shift = Math.max(0, bitDepth - 10);
  return ({ across, step }) => {
    bins.fill(0);
    let counted = 0;
    for (let row = 10; row < height - 24; row += 3) {
      for (let cell = row * across + 1; cell < (row + 1) * across - 1; cell++) {
        const value = (step[cell] as number) >> shift;
        if (value === 0) continue;
        bins[Math.min(1023, value)] = (bins[Math.min(1023, value)] as number) + 1;
        counted++;
      }
    }
    let below = 0;
    for (let value = 1; value < 1024; value++) {
      below += bins[value] as number;
      if (below >= counted / 5 && counted > 0) return value << shift;
    }
    return counted > 0 ? 1023 << shift : 0;
  };
}
