import { useTranslation } from 'react-i18next';
import { useLive } from '../state/live.ts';
import { useOverlays } from '../state/overlays.ts';
import { fragmentOf, screens, usePlace } from '../state/place.ts';
import { usePreferences } from '../state/preferences.ts';
import { Icon } from '../ui/Icon.tsx';
import styles from './Rail.module.css';

/** The six screens, and below them the light and the keys. */
export function Rail() {
  const { t } = useTranslation();
  const here = usePlace((place) => place.screen);
  const toggleTheme = usePreferences((preferences) => preferences.toggleTheme);
  const recording = useLive((live) => live.state.sessions.some((session) => session.state === 'recording'));
  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      {screens.map((screen) => (
        <a
          key={screen}
          className={styles.item}
          href={fragmentOf({ screen })}
          aria-current={screen === here ? 'page' : undefined}
        >
          <span className={styles.icon}>
            <Icon name={screen} />
            {screen === 'capture' && recording && (
              <span className={styles.recording} role="img" aria-label={t('passState.recording')} />
            )}
          </span>
          {t(`rail.${screen}`)}
        </a>
      ))}
      <div className={styles.foot}>
        <button type="button" className={styles.item} onClick={toggleTheme}>
          <Icon name="theme" size={18} />
          {t('rail.theme')}
        </button>
        <button
          type="button"
          className={styles.item}
          onClick={() => useOverlays.setState({ help: true, palette: false })}
        >
          <Icon name="keys" size={18} />
          {t('rail.keys')}
        </button>
      </div>
    </nav>
  );
}
