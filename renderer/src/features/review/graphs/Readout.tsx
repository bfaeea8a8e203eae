import { useTranslation } from 'react-i18next';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { type TapeTimecode, timecodeAt } from '#shared/domain/timecode-runs.ts';
import { heightOf, type ValueScale } from '../../../ui/graph/value-scale.ts';
import { checkTitle } from '../check-title.ts';
import { useHover } from './hover.ts';
import type { Lane } from './lane-list.ts';
import { laneName, valueText } from './measure-words.ts';
import styles from './Readout.module.css';
import { sampleAt } from './sample-at.ts';
import type { SampleTiles } from './sample-tiles.ts';
import { linesOfBand } from './tape-map.ts';
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

/** What is under the pointer in words: the time, the tape's own timecode, the values there, and the limit near it with its source. */
export function Readout(props: ReadoutProps) {
  const { lanes, tiles, scales, limits, pictureLines, rate, frames, timecode } = props;
  const { t, i18n } = useTranslation();
  const at = useHover((hover) => hover.at);
  const lane = lanes.find(({ key }) => key === at?.key);
  if (!at || !lane || at.frame < 0 || at.frame >= frames) return null;
  const { range } = useTimeView.getState();
  const samples = tiles?.inSight(range, (range.to - range.from) / 4_000) ?? [];
  const own = timecode && timecodeAt(timecode.runs, at.frame, rate);
  const words: string[] = [];
  let band = 0;
  if (lane.kind === 'map') {
    band = Math.min(lane.columns.length - 1, Math.floor((1 - at.height) * lane.columns.length));
    const [first, last] = linesOfBand(band, lane.columns.length, pictureLines);
    words.push(t('review.graph.lines', { first: first + 1, last: last + 1 }));
  }
  const found = sampleAt(samples, lane.columns[band] ?? '', at.frame);
  const value = (one: number) => valueText(one, unitOf(lane), i18n, t);
  if (!found) words.push(...(lane.kind === 'pictures' ? [] : [t('review.graph.nothing')]));
  else if (lane.kind === 'map') words.push(t('review.graph.damaged', { count: Math.round(found.max) }));
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
  if (found && found.frames > 1)
    words.push(t('review.graph.of', { frames: t('unit.frames', { count: found.frames }) }));
  const scale = lane.kind === 'measure' ? scales.get(lane.key) : undefined;
  const limit = scale && nearest(limits.get(lane.key) ?? [], scale, at.height);
  const isRight = at.left > 420;
  return (
    <div
      className={styles.readout}
      style={{
        top: at.top,
        ...(isRight ? { right: `calc(100% - ${at.left - 12}px)` } : { left: at.left + 12 }),
      }}
    >
      <span className={styles.name}>{laneName(lane, i18n, t)}</span>{' '}
      <span className={styles.time}>{formatTimecode(at.frame, rate)}</span>{' '}
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
            source: limit.source,
          })}
        </div>
      )}
    </div>
  );
}

function unitOf(lane: Lane): string {
  return lane.kind === 'measure' ? lane.unit : lane.kind === 'sound' ? 'dBFS' : 'line';
}

function nearest(limits: readonly LaneLimit[], scale: ValueScale, height: number): LaneLimit | undefined {
  const distance = ({ value }: LaneLimit) => Math.abs(heightOf(scale, value) - height);
  const [closest] = limits.toSorted((a, b) => distance(a) - distance(b));
  return closest && distance(closest) < near ? closest : undefined;
}
