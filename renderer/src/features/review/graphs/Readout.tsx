import { useTranslation } from 'react-i18next';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { type TapeTimecode, timecodeAt } from '#shared/domain/timecode-runs.ts';
import { limitSource } from '#shared/i18n/limit-words.ts';
import type { Language } from '../../../state/preferences.ts';
import { checkTitle } from '../../../ui/check-title.ts';
import { heightOf, type ValueScale } from '../../../ui/graph/value-scale.ts';
import { useCursor } from '../cursor.ts';
import { useHover } from './hover.ts';
import type { Lane, MapLane } from './lane-list.ts';
import { laneName, valueText } from './measure-words.ts';
import styles from './Readout.module.css';
import { sampleAt } from './sample-at.ts';
import type { SampleTiles } from './sample-tiles.ts';
import { linesOfBand, placeInMap } from './tape-map.ts';
import { useTimeView } from './time-view.ts';
import type { LaneLimit } from './use-limits.ts';

/** A limit is meant by a pointer this near, as a share of the lane's height. */
const near = 0.12;

interface ReadoutProps {
  lanes: readonly Lane[];
  tiles: SampleTiles | undefined;
  scales: ReadonlyMap<string, ValueScale>;
  limits: ReadonlyMap<string, readonly LaneLimit[]>;
  pictureLines: number;
  rate: Rational;
  frames: number;
  /** The tape's own. */
  timecode: TapeTimecode | undefined;
}

/**
 * What is under the pointer in words: the time, the tape's own timecode, the values there, and the limit near it with its source; or what
 * keys have chosen of a map, at the cursor.
 */
export function Readout(props: ReadoutProps) {
  const { lanes, tiles, scales, limits, pictureLines, rate, frames, timecode } = props;
  const { t, i18n } = useTranslation();
  const pointed = useHover((hover) => hover.at);
  const kept = useHover((hover) => hover.kept);
  const cursor = useCursor((one) => (kept ? one.frame : 0));
  const at = pointed ?? (kept && { ...kept, frame: cursor, left: undefined });
  const lane = lanes.find(({ key }) => key === at?.key);
  if (!at || !lane || at.frame < 0 || at.frame >= frames) return null;
  const { range } = useTimeView.getState();
  const samples = tiles?.inSight(range, (range.to - range.from) / 4_000) ?? [];
  const own = timecode && timecodeAt(timecode.runs, at.frame, rate);
  const words: string[] = [];
  const place = lane.kind === 'map' ? placeInMap(lane, at.height) : undefined;
  if (place) words.push(t(`review.graph.bandOf.${place.field}`, linesOf(place, pictureLines)));
  const found = sampleAt(samples, place?.column ?? lane.columns[0] ?? '', at.frame);
  const value = (one: number) => valueText(one, unitOf(lane), i18n, t);
  if (lane.kind === 'map' && !place) words.push(t('review.graph.noMap'));
  else if (!found) words.push(...(lane.kind === 'pictures' ? [] : [t('review.graph.nothing')]));
  else if (lane.kind === 'map' && lane.subject === 'damaged')
    words.push(t('review.graph.damaged', { count: Math.round(found.max) }));
  else if (lane.kind === 'sound') {
    const level = sampleAt(samples, lane.columns[1], at.frame);
    words.push(t('review.graph.peak', { value: value(found.max) }));
    if (level) words.push(t('review.graph.mean', { value: value(level.mean) }));
  } else if (found.min === found.max) words.push(value(found.mean));
  else
    words.push(
      t('review.graph.spread', {
        mean: value(found.mean),
        least: value(found.min),
        greatest: value(found.max),
      }),
    );
  if (found && found.frames > 1) {
    const isWorst = lane.kind === 'map' && lane.subject === 'damaged';
    const inFrames = { frames: t('unit.frames', { count: found.frames }) };
    words.push(isWorst ? t('review.graph.worstOf', inFrames) : t('review.graph.of', inFrames));
  }
  const scale = lane.kind === 'measure' ? scales.get(lane.key) : undefined;
  const limit = scale && nearest(limits.get(lane.key) ?? [], scale, at.height);
  const share = (100 * (at.frame + 0.5 - range.from)) / (range.to - range.from);
  const left = at.left === undefined ? `${Math.min(100, Math.max(0, share))}%` : `${at.left}px`;
  const isRight = at.left === undefined ? share > 50 : at.left > 420;
  return (
    <div
      className={styles.readout}
      style={{
        // Beside the pointer it would cover what the pointer is at: a fault of a head is as high as half of the map.
        top: lane.kind === 'map' ? at.bottom : at.top,
        ...(isRight ? { right: `calc(100% - ${left} + 12px)` } : { left: `calc(${left} + 12px)` }),
      }}
      role={pointed ? undefined : 'status'}
    >
      <span className={styles.name}>{laneName(lane, i18n, t)}</span>{' '}
      <span className={styles.time}>{formatTimecode(at.frame, rate)}</span>{' '}
      <span className={styles.own}>{t('review.frame', { frame: at.frame })}</span>{' '}
      {own && (
        <span className={styles.own}>
          {t('review.graph.timecode')} <span className={styles.time}>{own}</span>
        </span>
      )}{' '}
      {words.join(' · ')}
      {limit && (
        <div className={styles.limit}>
          {t('review.graph.limit', {
            value: valueText(limit.value, limit.unit, i18n, t),
            check: checkTitle(limit.check, i18n, t),
            source: limitSource(i18n.language as Language, limit.source).words,
          })}
        </div>
      )}
    </div>
  );
}

function unitOf(lane: Lane): string {
  if (lane.kind === 'measure') return lane.unit;
  return lane.kind === 'map' ? 'code' : 'dBFS';
}

/** The lines of a band as they are told: the first two and the last, where a field has every second. */
function linesOf(
  { field, band, bands }: { field: MapLane['fields'][number]['field']; band: number; bands: number },
  pictureLines: number,
) {
  const { first, last, step } = linesOfBand(field, band, bands, pictureLines);
  return { first, second: first + step, last };
}

function nearest(limits: readonly LaneLimit[], scale: ValueScale, height: number): LaneLimit | undefined {
  const distance = ({ value }: LaneLimit) => Math.abs(heightOf(scale, value) - height);
  const [closest] = limits.toSorted((a, b) => distance(a) - distance(b));
  return closest && distance(closest) < near ? closest : undefined;
}
