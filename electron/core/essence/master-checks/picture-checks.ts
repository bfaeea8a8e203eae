import { equalRational, formatRational, rational } from '#shared/domain/rational.ts';
import { finding, type MasterCheck } from '../master-check.ts';
import type { VideoFacts } from '../matroska-facts.ts';

/** Names that ffmpeg uses for the code points of ITU-T H.273. */
const primaries: Record<number, string> = {
  1: 'bt709',
  5: 'bt470bg',
  6: 'smpte170m',
  7: 'smpte240m',
  9: 'bt2020',
};
const transfers: Record<number, string> = {
  1: 'bt709',
  4: 'gamma22',
  5: 'gamma28',
  6: 'smpte170m',
  7: 'smpte240m',
  13: 'iec61966-2-1',
};
const matrices: Record<number, string> = {
  0: 'gbr',
  1: 'bt709',
  5: 'bt470bg',
  6: 'smpte170m',
  7: 'smpte240m',
  9: 'bt2020nc',
};
const ranges: Record<number, string> = { 1: 'tv', 2: 'pc' };

/** Primaries, transfer, matrix and range are tagged as the profile says. */
export const colourTags: MasterCheck = {
  id: 'colour-tags',
  judge({ expectation }, video) {
    const wanted = expectation.colour;
    if (!wanted) return undefined;
    const colour = video?.video?.colour;
    const expected = `${wanted.primaries}/${wanted.transfer}/${wanted.matrix}/${wanted.range}`;
    const measured = [
      nameOf(primaries, colour?.primaries),
      nameOf(transfers, colour?.transfer),
      nameOf(matrices, colour?.matrix),
      nameOf(ranges, colour?.range),
    ].join('/');
    return finding(expected === measured, expected, measured, 'The colour tags are not as the profile says.');
  },
};

function nameOf(names: Record<number, string>, code: number | undefined): string {
  return code === undefined ? 'absent' : (names[code] ?? `code ${code}`);
}

/** The field order is tagged as it was captured. */
export const fieldOrder: MasterCheck = {
  id: 'field-order',
  judge({ expectation }, video) {
    if (!expectation.fieldOrder) return undefined;
    const measured = fieldOrderOf(video?.video);
    return finding(
      measured === expectation.fieldOrder,
      expectation.fieldOrder,
      measured,
      'The field order is tagged wrongly.',
    );
  },
};

/** Matroska writes 1 and 9 for top field first, 6 and 14 for bottom field first (stored apart and interleaved). */
export function fieldOrderOf(video: VideoFacts | undefined): string {
  if (video?.flagInterlaced === 2) return 'progressive';
  if (video?.flagInterlaced !== 1) return 'undetermined';
  if (video.fieldOrder === 1 || video.fieldOrder === 9) return 'tff';
  if (video.fieldOrder === 6 || video.fieldOrder === 14) return 'bff';
  return 'interlaced, order undetermined';
}

/** The sample aspect ratio, by the display size of the track. */
export const aspect: MasterCheck = {
  id: 'aspect',
  judge({ expectation }, video) {
    if (!expectation.sar) return undefined;
    const measured = sampleAspectOf(video?.video);
    const { pixelWidth = 0, pixelHeight = 1, displayHeight = pixelHeight, displayUnit } = video?.video ?? {};
    // A display size in pixels cannot say more than the nearest pixel.
    const wanted = (expectation.sar.num * pixelWidth * displayHeight) / (expectation.sar.den * pixelHeight);
    const nearest = displayUnit === 0 && Math.abs((video?.video?.displayWidth ?? pixelWidth) - wanted) <= 0.5;
    const ok = measured !== undefined && (equalRational(measured, expectation.sar) || nearest);
    const shown = measured ? formatRational(measured) : 'undetermined';
    return finding(
      ok,
      formatRational(expectation.sar),
      shown,
      'The aspect ratio is not the one of the profile.',
    );
  },
};

function sampleAspectOf(video: VideoFacts | undefined) {
  if (!video || video.displayUnit === 4) return undefined;
  const { pixelWidth, pixelHeight, displayWidth = pixelWidth, displayHeight = pixelHeight } = video;
  const den = displayHeight * pixelWidth;
  return den > 0 && Number.isSafeInteger(den) ? rational(displayWidth * pixelHeight, den) : undefined;
}

/** Width, height, frame rate and bit depth. */
export const raster: MasterCheck = {
  id: 'raster',
  judge({ expectation, ffv1 }, video) {
    const { width, height, frameRate, bitsPerSample, essence } = expectation;
    const judgeBits = essence === 'ffv1' && bitsPerSample !== undefined;
    const expected = `${width}x${height} at ${formatRational(frameRate)}${judgeBits ? `, ${bitsPerSample} bit` : ''}`;
    const picture = video?.video;
    const frameNs = (1e9 * frameRate.den) / frameRate.num;
    const rateRight =
      video?.defaultDurationNs !== undefined && Math.abs(video.defaultDurationNs - frameNs) <= 1;
    const rate = rateRight ? formatRational(frameRate) : `${video?.defaultDurationNs ?? '?'} ns a frame`;
    const bits = judgeBits ? `, ${ffv1?.bitsPerSample ?? '?'} bit` : '';
    const measured = `${picture?.pixelWidth ?? 0}x${picture?.pixelHeight ?? 0} at ${rate}${bits}`;
    return finding(
      expected === measured,
      expected,
      measured,
      'The picture has not the size, rate or depth that was expected.',
    );
  },
};
