import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isJudged } from '#shared/domain/decision.ts';
import type { PassId } from '#shared/domain/ids.ts';
import { isOfFile, type NotJudged, type ShownEvent } from '#shared/domain/qc.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../state/person.ts';
import { Button } from '../../ui/Button.tsx';
import { checkTitle } from '../../ui/check-title.ts';
import { Empty } from '../../ui/Empty.tsx';
import { eventLength } from '../../ui/event-length.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { SeverityMark } from '../../ui/StateWord.tsx';
import { channelRuns } from './channel-runs.ts';
import { review, useCursor } from './cursor.ts';
import styles from './EventList.module.css';
import { eventInSight, eventKey, inOrder, useChosen } from './event-in-sight.ts';
import { JudgeAgain } from './JudgeAgain.tsx';
import { NoteList } from './judging/NoteList.tsx';
import type { Judged } from './judging/useJudgedPass.ts';
import { NotJudgedList } from './NotJudgedList.tsx';

interface Measured {
  id: PassId;
  frames: number;
  qcEvents: readonly ShownEvent[];
  qcNotJudged: readonly NotJudged[];
  qcProfileId: string | null;
  video: { frameRate: Rational };
}

/** What the checks found and what reviewers made of it, in the order of the tape, then their notes; a click takes the cursor there. */
export function EventList({ pass, judged }: { pass: Measured; judged: Judged }) {
  const { t, i18n } = useTranslation();
  const frame = useCursor((cursor) => cursor.frame);
  const chosen = useChosen((one) => one.key);
  const may = useMay('technician');
  const measure = useMutation(api.qc.measurePass.mutationOptions());
  const events = inOrder(pass.qcEvents);
  const inSight = eventInSight(events, frame, chosen);
  const list = useRef<HTMLOListElement>(null);
  const inSightKey = inSight && eventKey(inSight);
  useEffect(() => {
    if (inSightKey) list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
    // Words of another language take other lines.
  }, [inSightKey, i18n.language]);
  return (
    <Panel
      title={t('review.events')}
      aside={
        pass.qcProfileId && events.length > 0
          ? t('judging.judged', { judged: events.filter(isJudged).length, total: events.length })
          : ''
      }
      className={styles.panel}
      flush
    >
      <Sentence error={measure.error} />
      {pass.qcProfileId === null && (
        <Empty
          action={
            may && pass.frames > 0 ? (
              <Button disabled={measure.isPending} onClick={() => measure.mutate({ passId: pass.id })}>
                {t(measure.isPending ? 'review.measuring' : 'review.measure')}
              </Button>
            ) : undefined
          }
        >
          {t('review.notMeasured')}
        </Empty>
      )}
      {pass.qcProfileId !== null && events.length === 0 && <Empty>{t('review.noEvents')}</Empty>}
      <div className={styles.list}>
        <ol ref={list}>
          {events.map((event) => {
            const here = frame >= event.startFrame && frame <= event.endFrame;
            return (
              <li key={eventKey(event)}>
                <button
                  type="button"
                  className={styles.event}
                  data-here={here || undefined}
                  data-intended={event.intended ? true : undefined}
                  aria-current={event === inSight || undefined}
                  onClick={() => {
                    useChosen.setState({ key: eventKey(event), isSaying: false });
                    review.goTo(event.startFrame);
                  }}
                >
                  <SeverityMark severity={event.severity} intended={event.intended !== undefined} t={t} />
                  <span className={styles.time}>
                    {isOfFile(event)
                      ? t('review.ofFile')
                      : formatTimecode(event.startFrame, pass.video.frameRate)}
                  </span>
                  <span className={styles.name}>
                    <b>
                      {isDismissed(event) ? (
                        <s>{checkTitle(event.check, i18n, t)}</s>
                      ) : (
                        checkTitle(event.check, i18n, t)
                      )}{' '}
                    </b>
                    <span
                      className={styles.more}
                      data-channels={event.channels ? true : undefined}
                      title={isOfFile(event) ? undefined : eventLength(event, t)}
                    >
                      {channelRuns(event.channels ?? []).map((channel) => (
                        <span
                          key={channel}
                          className={styles.channel}
                          title={t('capture.channel', { channel })}
                        >
                          {channel}
                        </span>
                      ))}{' '}
                      {!isOfFile(event) && eventLength(event, t)}{' '}
                    </span>
                  </span>
                  <OriginWord event={event} />
                </button>
              </li>
            );
          })}
        </ol>
        {judged.said && (
          <NoteList notes={judged.said.notes} rate={pass.video.frameRate} nameOf={judged.nameOf} />
        )}
        <NotJudgedList notJudged={pass.qcNotJudged} />
        {may && pass.qcProfileId !== null && <JudgeAgain pass={pass} />}
      </div>
    </Panel>
  );
}

/** What is struck in the list is the finding, and not the word that was said of it. */
function isDismissed({ intended, judged }: ShownEvent): boolean {
  return !intended && judged?.judgement === 'dismissed';
}

/** What a reviewer said last of an event: its origin, a false alarm, that the artist meant it, or nothing yet. */
function OriginWord({ event }: { event: ShownEvent }) {
  const { t } = useTranslation();
  const { intended, judged } = event;
  if (intended) return <span className={styles.origin}>{t('review.intended')} </span>;
  if (!judged) {
    return (
      <span className={styles.origin} aria-hidden="true">
        —
      </span>
    );
  }
  const origin = judged.origin ? t(`origin.${judged.origin}`) : t('judging.there');
  return <span className={styles.origin}>{isDismissed(event) ? t('judging.falseAlarm') : origin} </span>;
}
