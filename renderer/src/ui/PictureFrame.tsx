import type { ReactNode } from 'react';
import styles from './PictureFrame.module.css';

interface PictureFrameProps {
  /** Width over height as it is meant to be seen. */
  aspect: number;
  children?: ReactNode;
  topLeft?: ReactNode;
  bottomLeft?: ReactNode;
  safeArea?: boolean;
}

/** A picture in its neutral surround, as large as its shape allows, with words that stay legible on any picture. */
export function PictureFrame({ aspect, children, topLeft, bottomLeft, safeArea = false }: PictureFrameProps) {
  return (
    <div className={styles.surround}>
      <div className={styles.picture} style={{ '--aspect': aspect }}>
        {children}
        {safeArea && <div className={styles.safeArea} aria-hidden="true" />}
        {topLeft && <div className={styles.topLeft}>{topLeft}</div>}
        {bottomLeft && <div className={styles.bottomLeft}>{bottomLeft}</div>}
      </div>
    </div>
  );
}
