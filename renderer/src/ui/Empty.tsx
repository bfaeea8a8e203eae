import type { ReactNode } from 'react';
import styles from './Empty.module.css';

/** Says plainly that there is nothing here, and what the next step is. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>{children}</p>
      {action}
    </div>
  );
}
