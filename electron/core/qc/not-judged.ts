import type { NotJudged } from '#shared/domain/qc.ts';
import { channelPairsOf } from './channel-pairs.ts';
import type { Check } from './check.ts';
import { audioColumn } from './measures.ts';
import { judgedChannelsOf, type Series } from './series.ts';

/**
 * Why a check can say nothing of this material; undefined where it can. Its silence would otherwise read as praise: a measure
 * that was taken on no frame (too small a picture, another tool's report, nothing that moves) has found nothing and excluded nothing.
 */
export function whyNotJudged(check: Check, series: Series): NotJudged['reason'] | undefined {
  if (check.medium === 'video') {
    if (series.hasPicture === false) return 'no-picture';
    if (check.sees.every((id) => isMeasured(series.column(id)))) return undefined;
    // There is no ten to look into; any other file of more bits is measured.
    return check.id === 'eight-in-ten' && series.bitDepth === 8 ? 'eight-bit' : 'not-measured';
  }
  const channels = judgedChannelsOf(series);
  if (channels.length === 0) return 'no-sound';
  if (check.compares === 'picture' && series.hasPicture === false) return 'no-picture';
  // What compares two channels is stored under the first of them.
  const first = channelPairsOf(series).map(([channel]) => channel);
  if (check.compares === 'channels' && first.length === 0) return 'one-channel';
  const isHeard = check.sees.every((id) =>
    (check.compares === 'channels' ? first : channels).some((channel) =>
      isMeasured(series.column(audioColumn(id, channel))),
    ),
  );
  return isHeard ? undefined : 'not-measured';
}

/** Whether a measure was taken on any frame; the first that was ends the search. */
function isMeasured(column: Float32Array): boolean {
  return column.some((value) => !Number.isNaN(value));
}
