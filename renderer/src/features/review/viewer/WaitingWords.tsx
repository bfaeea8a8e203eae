import { useTranslation } from 'react-i18next';
import { Late } from '../../../ui/Late.tsx';
import { useComparison } from '../comparison.ts';
import { useCursor } from '../cursor.ts';
import { useShown } from './shown.ts';
import styles from './Viewer.module.css';
import { isPairShown, type PictureAddress, toldFrameOf, wantedPair } from './wanted.ts';

/** Says which pictures are waited for, where they are not in sight after a moment: a grey picture has a reason. */
export function WaitingWords() {
  const { t } = useTranslation();
  const { pair, failure, videoFrame } = useShown();
  const { frame, playing, speed } = useCursor();
  const wanted = wantedPair(useComparison(), frame);
  // Pictures that run move the cursor only to what is shown.
  const isOther = playing || videoFrame !== null || (speed !== 0 && pair !== null);
  if (!wanted || isOther || isPairShown(wanted, pair) || failure?.cursorFrame === frame) return null;
  const name = (address: PictureAddress) =>
    address.kind === 'bars'
      ? t('viewer.bars', { pattern: address.pattern })
      : t('viewer.waitingPicture', {
          file: t(address.role === 'access' ? 'review.accessCopy' : 'review.master'),
          number: address.pass.passNumber,
          frame: toldFrameOf(address),
        });
  const names = [wanted.a, wanted.b].flatMap((one) => (one && one !== 'missing' ? name(one) : []));
  return (
    <Late>
      <p className={styles.waiting} role="status">
        {t('viewer.waiting', { pictures: names.join(t('judging.and')) })}
      </p>
    </Late>
  );
}
