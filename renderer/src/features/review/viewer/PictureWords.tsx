import { useTranslation } from 'react-i18next';
import { masterFrameOf } from '#shared/domain/access-frames.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import type { Picture } from '../../../ui/picture/picture.ts';
import { useComparison } from '../comparison.ts';
import { useCursor } from '../cursor.ts';
import { useShown } from './shown.ts';
import styles from './Viewer.module.css';
import { type PictureAddress, toldFrameOf } from './wanted.ts';

/** Above each side: what it is, which frame, at which time. Always of the pictures really drawn. */
export function PictureWords() {
  const { pair, videoFrame, isVideoAbout, failure, isBlinkOnB } = useShown();
  const { playing, rate } = useCursor();
  const isAbout = isVideoAbout && playing;
  const { subject, b, isSwapped, mode } = useComparison();
  const { t } = useTranslation();
  const isVideo = playing || videoFrame !== null;
  const blinks = mode === 'blink' && !isVideo && pair?.b !== null && typeof pair?.b === 'object';
  const sideA = (
    <div className={styles.words} key="a" data-away={(blinks && isBlinkOnB) || undefined}>
      <b>A</b>
      {isVideo && subject ? (
        <>
          <span title={t('viewer.copyIsNotMaster')}>
            {`${t('viewer.pass', { number: subject.passNumber })} · ${t('review.accessCopy')}`}
          </span>
          {videoFrame !== null && (
            <span
              className={styles.number}
              data-about={isAbout || undefined}
              title={isAbout ? t('viewer.aboutHere') : undefined}
            >
              {isAbout && '≈ '}
              {t('review.frame', { frame: videoFrame })} · {formatTimecode(videoFrame, rate)}
            </span>
          )}
        </>
      ) : (
        pair && <SideWords address={pair.a.address} picture={pair.a.picture} />
      )}
      {failure && failure.cursorFrame !== pair?.cursorFrame && !isVideo && (
        <FailureWords address={failure.address} />
      )}
    </div>
  );
  const sideB = b.kind !== 'none' && (
    <div className={styles.words} key="b" data-away={(blinks && !isBlinkOnB) || undefined}>
      <b>B</b>
      {isVideo ? (
        <span>{t('viewer.playsAlone')}</span>
      ) : pair?.b === 'missing' ? (
        <span className={styles.warning}>▲ {t('viewer.missing')}</span>
      ) : pair?.b === 'failed' ? (
        failure && <FailureWords address={failure.address} />
      ) : (
        pair?.b && <SideWords address={pair.b.address} picture={pair.b.picture} />
      )}
    </div>
  );
  return <div className={styles.strip}>{isSwapped ? [sideB, sideA] : [sideA, sideB]}</div>;
}

function SideWords({ address, picture }: { address: PictureAddress; picture: Picture }) {
  const { t } = useTranslation();
  const field = useComparison((compared) => compared.field);
  if (address.kind === 'bars') return <span>{t('viewer.bars', { pattern: address.pattern })}</span>;
  const { pass, role } = address;
  const { frame, bitDepth, damaged } = picture.header;
  // A frame of the copy is told by the master's frame that it was made from.
  const ofMaster = role === 'access' ? masterFrameOf(pass.video, frame) : undefined;
  const counted = ofMaster?.frame ?? frame;
  // In a copy each field is a frame, also where whole frames of the master stand beside it: which one is drawn, not which one is on its way.
  const drawn = ofMaster ? (['A', 'B'] as const)[ofMaster.field] : field;
  const ofPass = t('viewer.pass', { number: pass.passNumber });
  // What is cut where room is short is not what it is.
  const name = ofMaster ? `${t('review.accessCopy')} · ${ofPass}` : `${ofPass} · ${t('review.master')}`;
  return (
    <>
      <span>
        {name} · {bitDepth} bit
      </span>
      {damaged && <span className={styles.warning}>▲ {t('viewer.damaged')}</span>}
      <span
        className={styles.number}
        title={ofMaster && pass.video.fieldOrder !== 'progressive' ? t('viewer.copyOfField') : undefined}
      >
        {drawn !== 'frame' &&
          pass.video.fieldOrder !== 'progressive' &&
          `${t(ofMaster ? `viewer.onlyField.${drawn}` : `viewer.fieldOf.${drawn}`)} · `}
        {t('review.frame', { frame: counted })} · {formatTimecode(counted, pass.video.frameRate)}
      </span>
    </>
  );
}

function FailureWords({ address }: { address: PictureAddress }) {
  const { t } = useTranslation();
  if (address.kind === 'bars') return null;
  return <span className={styles.warning}>▲ {t('review.frameFailed', { frame: toldFrameOf(address) })}</span>;
}
