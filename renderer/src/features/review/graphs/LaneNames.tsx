import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { limitSource } from '#shared/i18n/limit-words.ts';
import type { Language } from '../../../state/preferences.ts';
import { checkTitle } from '../../../ui/check-title.ts';
import type { ValueScale } from '../../../ui/graph/value-scale.ts';
import styles from './LaneNames.module.css';
import type { Lane } from './lane-list.ts';
import { MapName } from './MapName.tsx';
import { laneName, unitWord, valueText } from './measure-words.ts';
import { threshold, useThreshold } from './threshold.ts';
import type { LaneLimit } from './use-limits.ts';

interface LaneNamesProps {
  lanes: readonly Lane[];
  scales: ReadonlyMap<string, ValueScale>;
  limits: ReadonlyMap<string, readonly LaneLimit[]>;
  isMeasured: boolean;
}

/** What each lane is and what values it has; a click chooses it for going from excursion to excursion. */
export function LaneNames({ lanes, scales, limits, isMeasured }: LaneNamesProps) {
  const { t, i18n } = useTranslation();
  const chosen = useThreshold((one) => one.column);
  return (
    <div className={styles.names}>
      {lanes.map((lane) => {
        const name = laneName(lane, i18n, t);
        if (lane.kind === 'map') return <MapName key={lane.key} lane={lane} />;
        if (lane.kind !== 'measure') {
          return (
            <div key={lane.key} className={styles.name} data-kind={lane.kind}>
              <span className={styles.title}>{name}</span>
              <span className={styles.scale}>{scaleWord(lane.kind, t)}</span>
            </div>
          );
        }
        const scale = scales.get(lane.key);
        const own = limits.get(lane.key) ?? [];
        const begin = own.find(({ side }) => side === 'above') ?? own[0];
        return (
          <button
            key={lane.key}
            type="button"
            className={styles.name}
            aria-pressed={chosen === lane.key}
            title={[
              name,
              ...own.map((limit) =>
                t('review.graph.limit', {
                  value: valueText(limit.value, limit.unit, i18n, t),
                  check: checkTitle(limit.check, i18n, t),
                  source: limitSource(i18n.language as Language, limit.source).words,
                }),
              ),
            ].join('\n')}
            disabled={!scale}
            onClick={() =>
              scale && threshold.choose(lane.key, begin ?? { side: 'above', value: usualEdge(scale) })
            }
          >
            <span className={styles.title}>{name}</span>
            {scale && (
              <span className={styles.scale}>
                {rangeText(scale, lane.unit, unitWord(lane.unit, i18n, t), (value) =>
                  valueText(value, lane.unit, i18n, t),
                )}
              </span>
            )}
          </button>
        );
      })}
      {lanes.length === 0 && (
        <div className={styles.name}>
          {isMeasured ? t('review.graph.noneChosen') : t('review.noMeasures')}
        </div>
      )}
    </div>
  );
}

/** What the rows below the lanes are, which stay where they are. */
export function FootNames({ hasTimecode, others }: { hasTimecode: boolean; others: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.names}>
      <div className={styles.events}>
        {others > 0 && (
          <span className={styles.others}>
            <i aria-hidden="true">┅</i> {t('review.graph.onlyInB', { count: others })}
          </span>
        )}{' '}
        {t('review.events')}
      </div>
      <div className={styles.notes}>{t('review.graph.notes')}</div>
      {hasTimecode && <div className={styles.timecode}>{t('review.graph.timecode')}</div>}
    </div>
  );
}

function scaleWord(kind: 'pictures' | 'sound', t: TFunction): string {
  return kind === 'pictures' ? t('review.graph.everyTenSeconds') : '−60…0 dBFS';
}

/** Where the even part of a scale ends, in as many figures as one would type. */
function usualEdge({ high }: ValueScale): number {
  return Number(high.toPrecision(3));
}

/** `16…235 code`, or the one value that there is. */
function rangeText(
  { least, greatest }: ValueScale,
  unit: string,
  word: string,
  text: (value: number) => string,
): string {
  const high = text(greatest);
  if (least === greatest) return high;
  const low = text(least);
  // The unit once is enough.
  const ending = unit === 'share' ? ' %' : word === '' ? '' : ` ${word}`;
  return ending !== '' && low.endsWith(ending) ? `${low.slice(0, -ending.length)}…${high}` : `${low}…${high}`;
}
