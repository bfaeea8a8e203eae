import { useTranslation } from 'react-i18next';
import { useHover } from './hover.ts';
import styles from './LaneNames.module.css';
import type { MapLane } from './lane-list.ts';
import { laneName } from './measure-words.ts';
import { heightOfNeighbour } from './tape-map.ts';

/** What a map shows, and which field lies where. A button: pressed, the map is read out at the cursor, and arrows go from band to band. */
export function MapName({ lane }: { lane: MapLane }) {
  const { t, i18n } = useTranslation();
  const isKept = useHover((hover) => hover.kept?.key === lane.key);
  const name = laneName(lane, i18n, t);
  const hasData = lane.fields.length > 0;
  const explanation = !hasData
    ? t('review.graph.noMap')
    : t(`review.graph.mapLegend.${lane.fields.length > 1 ? lane.subject : 'together'}`);
  return (
    <button
      type="button"
      className={styles.name}
      data-kind="map"
      aria-pressed={isKept}
      aria-description={explanation}
      title={`${name}\n${explanation}`}
      disabled={!hasData}
      onClick={({ currentTarget: { offsetTop, offsetHeight } }) =>
        useHover.setState({
          at: null,
          kept: isKept
            ? null
            : { key: lane.key, height: 1, top: offsetTop, bottom: offsetTop + offsetHeight },
        })
      }
      onBlur={() => isKept && useHover.setState({ kept: null })}
      onKeyDown={(event) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        const { kept } = useHover.getState();
        if (by === undefined || event.shiftKey || kept?.key !== lane.key) return;
        // The list of events goes up and down by the same keys.
        event.preventDefault();
        event.stopPropagation();
        useHover.setState({ at: null, kept: { ...kept, height: heightOfNeighbour(lane, kept.height, by) } });
      }}
    >
      <span className={styles.title}>{name}</span>
      {lane.fields.map(({ field }) => (
        <span key={field} className={styles.scale}>
          {t(`review.graph.field.${field}`)}
        </span>
      ))}
      {!hasData && <span className={styles.scale}>{t('review.graph.noMapShort')}</span>}
    </button>
  );
}
