import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../state/preferences.ts';
import { span, spanShort, tenths } from '../../ui/words.ts';
import styles from './AudioMeters.module.css';
import { floorDbfs, type Held, holdPeaks, meterHeight, overDbfs } from './meters.ts';

/** A pause of speech or music is no news. */
const saidAfterS = 10;
const ticks = [0, -6, -12, -18, -30, -45];

/** A bar for every channel with its peak hold and its number, from the recorded sound; how long it has been silent. */
export function AudioMeters({
  peaks,
  silentS,
  late,
}: {
  peaks: readonly number[];
  /** For how many seconds each channel has been silent. */
  silentS: readonly number[];
  /** Of when these levels are, in words, where they are not the present ones. */
  late: string | undefined;
}) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const [held, setHeld] = useState<Held[]>([]);
  useEffect(() => setHeld((before) => holdPeaks(before, peaks, performance.now())), [peaks]);
  return (
    <>
      {late && <p className={styles.late}>▲ {late}</p>}
      <div className={styles.meters} data-late={late !== undefined || undefined}>
        <div className={styles.scale} aria-hidden="true">
          {ticks.map((dbfs) => (
            <span key={dbfs} style={{ bottom: `${meterHeight(dbfs) * 100}%` }}>
              {dbfs === 0 ? '0' : `−${-dbfs}`}
            </span>
          ))}
        </div>
        {peaks.map((dbfs, index) => {
          const channel = index + 1;
          const silentForS = silentS[index] ?? 0;
          const silent = silentForS >= saidAfterS;
          const over = (held[index]?.dbfs ?? dbfs) >= overDbfs;
          return (
            <div
              key={channel}
              className={styles.channel}
              role="meter"
              aria-label={t('capture.channel', { channel })}
              aria-valuemin={floorDbfs}
              aria-valuemax={0}
              aria-valuenow={Math.max(floorDbfs, dbfs)}
              aria-valuetext={silent ? t('capture.silentFor', { time: span(silentForS) }) : undefined}
              data-over={over || undefined}
              data-silent={silent || undefined}
              title={silent ? t('capture.silentFor', { time: span(silentForS) }) : undefined}
            >
              <div className={styles.track}>
                <div className={styles.level} style={{ transform: `scaleY(${meterHeight(dbfs)})` }} />
                <div
                  className={styles.hold}
                  style={{ bottom: `${meterHeight(held[index]?.dbfs ?? dbfs) * 100}%` }}
                />
              </div>
              <span className={styles.name}>{channel}</span>
              <span className={styles.value}>
                {over ? t('capture.over') : silent ? spanShort(silentForS) : level(dbfs, language)}
              </span>
            </div>
          );
        })}
      </div>
    </>
  );
}

function level(dbfs: number, language: string): string {
  return dbfs <= -100 ? '−∞' : tenths(dbfs, language).replace('-', '−');
}
