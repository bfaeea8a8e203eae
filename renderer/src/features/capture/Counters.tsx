import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Counter } from '../../ui/Counter.tsx';
import { count, decimal, framesToSeconds, rateText, span, spanShort, tenths } from '../../ui/words.ts';

/** Below these many seconds the counters of loss and disk warn. */
const warnUntilLossS = 30;
const warnDiskLeftS = 15 * 60;

/** The numbers of a running capture. What is not known is said to be unknown. */
export function Counters({ session }: { session: Session }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const { video, follower } = session;
  const queue =
    session.queuedFrames !== null && session.queueCapacityFrames !== null
      ? t('capture.queue', {
          percent: decimal((100 * session.queuedFrames) / session.queueCapacityFrames, language, 0),
        })
      : null;
  const lag = session.lagS === null ? null : t('status.lag', { seconds: tenths(session.lagS, language) });
  const running = session.state === 'recording';
  const losing = session.untilLossS !== null;
  return (
    <>
      <Counter
        label={t('capture.elapsed')}
        mono
        value={formatTimecode(session.frames, video.frameRate)}
        detail={rateText(video.frameRate)}
      />
      <Counter
        label={t('capture.recorded')}
        value={count(session.frames, language)}
        detail={`${t('unit.framesOnly', { count: session.frames })} · ${span(framesToSeconds(session.frames, video.frameRate))}`}
      />
      <Counter
        label={t('capture.dropped')}
        value={count(session.droppedFrames, language)}
        detail={
          session.duplicatedFrames > 0
            ? t('capture.duplicated', { count: session.duplicatedFrames })
            : t('unit.framesOnly', { count: session.droppedFrames })
        }
        tone={session.droppedFrames > 0 ? 'failure' : undefined}
      />
      {running && (
        <Counter
          label={t('capture.untilLoss')}
          value={session.untilLossS === null ? t('capture.noLoss') : spanShort(session.untilLossS)}
          detail={[queue, lag].filter(Boolean).join(' · ')}
          tone={
            losing
              ? session.untilLossS !== null && session.untilLossS < warnUntilLossS
                ? 'failure'
                : 'warning'
              : undefined
          }
        />
      )}
      {running && (
        <Counter
          label={t('capture.disk')}
          value={session.diskLeftS === null ? t('unit.unknown') : spanShort(session.diskLeftS)}
          detail={t('capture.diskRate', { rate: decimal(session.masterBitsPerSecond / 1e6, language, 0) })}
          tone={session.diskLeftS !== null && session.diskLeftS < warnDiskLeftS ? 'warning' : undefined}
        />
      )}
      {session.audio && (
        <Counter
          label={t('capture.drift')}
          value={
            session.audioVideoDriftMs === null
              ? t('unit.unknown')
              : `${signed(session.audioVideoDriftMs, language)} ms`
          }
          detail={t('capture.sound', {
            channels: session.audio.channels,
            rate: decimal(session.audio.sampleRateHz / 1000, language),
          })}
        />
      )}
      <Counter
        label={t('capture.proved')}
        value={count(follower.provedFrames, language)}
        detail={t('capture.provedOf', { total: count(session.frames, language) })}
        progress={session.frames > 0 ? follower.provedFrames / session.frames : 0}
        tone={follower.state === 'stalled' ? 'warning' : undefined}
      />
    </>
  );
}

function signed(value: number, language: string): string {
  const rounded = Math.round(value);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${decimal(Math.abs(rounded), language, 0)}`;
}
