import { useTranslation } from 'react-i18next';
import type { Session } from '#shared/domain/live.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { colon } from '#shared/i18n/punctuation.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Counter } from '../../ui/Counter.tsx';
import {
  count,
  decimal,
  framesToSeconds,
  rateText,
  significant,
  span,
  spanShort,
  tenths,
} from '../../ui/words.ts';

/** Below these many seconds the counters of loss and disk warn. */
const warnUntilLossS = 30;
const warnDiskLeftS = 15 * 60;
/** A queue that holds so much of what it can is not steady, also where it does not grow. */
const crowded = 0.5;

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
  return (
    <>
      <TimecodeCounter session={session} />
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
      {running && <LossCounter session={session} details={[queue, lag]} />}
      {running && <DiskCounter session={session} />}
      {session.audio && <DriftCounter session={session} />}
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

/** How long until frames are lost, or that they are being lost: a forecast says nothing any more then. */
function LossCounter({ session, details }: { session: Session; details: (string | null)[] }) {
  const { t } = useTranslation();
  const { untilLossS } = session;
  const filled = (session.queuedFrames ?? 0) / (session.queueCapacityFrames ?? 1);
  const isLosing = untilLossS === 0;
  const calm = filled < crowded ? t('capture.noLoss') : t('capture.notFalling');
  const tone = untilLossS === null ? (filled < crowded ? undefined : 'warning') : 'warning';
  return (
    <Counter
      label={t('capture.untilLoss')}
      value={isLosing ? t('capture.lossNow') : untilLossS === null ? calm : spanShort(untilLossS)}
      detail={[isLosing && t('capture.beingLost'), ...details].filter(Boolean).join(' · ')}
      tone={untilLossS !== null && untilLossS < warnUntilLossS ? 'failure' : tone}
    />
  );
}

/** The tape's own timecode where it has one; else how far the recording has come. */
function TimecodeCounter({ session: { timecode, frames, video } }: { session: Session }) {
  const { t } = useTranslation();
  if (!timecode) {
    return (
      <Counter
        label={t('capture.elapsed')}
        mono
        value={formatTimecode(frames, video.frameRate)}
        detail={rateText(video.frameRate)}
      />
    );
  }
  const breaks = timecode.breaks > 0 && t('capture.timecodeBreaks', { count: timecode.breaks });
  return (
    <Counter
      label={t('capture.tapeTimecode')}
      mono
      value={timecode.value}
      detail={[t(`timecodeSource.${timecode.source}`), breaks].filter(Boolean).join(' · ')}
    />
  );
}

/** How long the masters' disk lasts, how fast it takes what is written, and any other disk that ends before it. */
function DiskCounter({ session }: { session: Session }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const { diskLeftS, writeLatencyMs, disks } = session;
  const shorter = disks.filter(
    ({ role, leftS }) => role !== 'masters' && leftS !== null && leftS < (diskLeftS ?? warnDiskLeftS),
  );
  const details = [
    t('capture.diskRate', { rate: decimal(session.masterBitsPerSecond / 1e6, language, 0) }),
    writeLatencyMs && t('capture.diskWrites', { ms: significant(writeLatencyMs.last, language) }),
    ...shorter.map(
      ({ role, leftS }) => `${t(`diskRole.${role}`)}${colon(language)} ${spanShort(leftS ?? 0)}`,
    ),
  ];
  const leastS = Math.min(
    ...[diskLeftS, ...shorter.map(({ leftS }) => leftS)].filter((left) => left !== null),
  );
  return (
    <Counter
      label={t('capture.disk')}
      value={diskLeftS === null ? t('unit.unknown') : spanShort(diskLeftS)}
      detail={details.filter(Boolean).join(' · ')}
      tone={leastS < warnDiskLeftS ? 'warning' : undefined}
    />
  );
}

/** How far sound and picture are apart, and how fast they part. */
function DriftCounter({ session }: { session: Session }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const { audioVideoDriftMs, audioVideoDriftPpm, frameRatePpm, video } = session;
  const details = [
    audioVideoDriftPpm !== null && `${signed(audioVideoDriftPpm, language)} ppm`,
    frameRatePpm !== null && t('capture.ratePpm', { ppm: signed(frameRatePpm, language) }),
  ].filter(Boolean);
  const frameMs = 1000 * framesToSeconds(1, video.frameRate);
  return (
    <Counter
      label={t('capture.drift')}
      value={audioVideoDriftMs === null ? t('unit.unknown') : `${signed(audioVideoDriftMs, language)} ms`}
      detail={
        details.join(' · ') ||
        t('capture.sound', {
          channels: session.audio?.channels ?? 0,
          rate: decimal((session.audio?.sampleRateHz ?? 0) / 1000, language),
        })
      }
      tone={audioVideoDriftMs !== null && Math.abs(audioVideoDriftMs) > frameMs ? 'warning' : undefined}
    />
  );
}

function signed(value: number, language: string): string {
  const rounded = Math.round(value);
  return `${rounded > 0 ? '+' : rounded < 0 ? '−' : ''}${decimal(Math.abs(rounded), language, 0)}`;
}
