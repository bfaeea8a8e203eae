import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCountedCopy } from '#shared/domain/access-frames.ts';
import type { PassId } from '#shared/domain/ids.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import { api } from '../../api/client.ts';
import { fragmentOf, usePlace } from '../../state/place.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Late } from '../../ui/Late.tsx';
import { MiddleCut } from '../../ui/MiddleCut.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { PassStateWord } from '../../ui/StateWord.tsx';
import { CursorBar } from './CursorBar.tsx';
import { review, useCursor } from './cursor.ts';
import { ExportButton } from './ExportButton.tsx';
import { useChosen } from './event-in-sight.ts';
import { useExporting } from './exporting.ts';
import { useFramesOnDisk } from './frames-on-disk.ts';
import { Judgement } from './judging/Judgement.tsx';
import styles from './PassReview.module.css';
import { TimeBand } from './TimeBand.tsx';
import { ChooseB } from './viewer/ChooseB.tsx';
import { Viewer } from './viewer/Viewer.tsx';

/** One pass, frame by frame: picture, time, events, and one cursor through all of them. */
export function PassReview({ passId }: { passId: string }) {
  const { t } = useTranslation();
  const id = passIdSchema.safeParse(passId);
  if (!id.success) return <Empty>{t('review.noSuchPass')}</Empty>;
  return <KnownPass passId={id.data} />;
}

function KnownPass({ passId }: { passId: PassId }) {
  const { t } = useTranslation();
  const shown = useQuery(api.passes.show.queryOptions({ input: { passId } }));
  const opened = useCursor((cursor) => cursor.passId);
  const askedFrame = usePlace((place) => Number(place.query?.['frame'] ?? 0));
  const onDisk = useFramesOnDisk(passId);
  const isRecorded = onDisk !== undefined;
  const pass = shown.data && (isRecorded ? { ...shown.data, frames: onDisk } : shown.data);
  const failed = useExporting((now) => now.failed);
  useEffect(() => {
    if (!pass) return;
    const hasAccess = hasCountedCopy(pass);
    review.open(
      {
        id: pass.id,
        frames: pass.frames,
        rate: pass.video.frameRate,
        events: pass.qcEvents,
        hasAccess,
      },
      askedFrame,
    );
  }, [pass, askedFrame]);
  useEffect(
    () => () => {
      review.close();
      useChosen.setState({ key: null, isSaying: false });
    },
    [],
  );
  // What was read stays in sight while the link is gone.
  if (shown.error && !shown.data) return <Sentence error={shown.error} />;
  if (!pass || opened !== pass.id) {
    return (
      <Late>
        <Empty>{t('review.passOnItsWay')}</Empty>
      </Late>
    );
  }
  return (
    <div className={styles.grid}>
      <div className={styles.main}>
        <Panel
          className={styles.pictures}
          flush
          title={
            <span className={styles.title}>
              <a href={fragmentOf({ screen: 'review' })} aria-label={t('review.passes')}>
                <Icon name="back" size={14} />
              </a>
              <a className={styles.tape} href={fragmentOf({ screen: 'tapes', item: pass.tapeId })}>
                <MiddleCut text={pass.tapeIdentifier} />
              </a>
              {t('pass.title', { number: pass.passNumber })} <PassStateWord state={pass.state} />{' '}
              {t('unit.frames', { count: pass.frames })}
            </span>
          }
          aside={pass.frames > 0 && <ChooseB />}
        >
          {pass.frames > 0 ? (
            <Viewer pass={pass} />
          ) : (
            <Empty>{t(isRecorded ? 'review.noFrameYet' : 'seal.nothing')}</Empty>
          )}
        </Panel>
        {!isRecorded && <TimeBand pass={pass} />}
        <CursorBar passId={passId} />
      </div>
      <aside className={styles.beside} aria-label={t('review.events')}>
        {isRecorded ? (
          <Panel title={t('review.events')}>
            <Empty>{t('review.stillRecorded')}</Empty>
          </Panel>
        ) : (
          <>
            <div className={styles.side}>
              <Judgement pass={pass} />
            </div>
            <Sentence error={failed?.page === 'report' ? failed.error : null} />
            <ExportButton page="report" />
          </>
        )}
      </aside>
    </div>
  );
}
