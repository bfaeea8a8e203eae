import type { ReactNode } from 'react';
import styles from './Counter.module.css';

interface CounterProps {
  label: string;
  value: ReactNode;
  detail?: ReactNode;
  tone?: 'warning' | 'failure' | undefined;
  mono?: boolean;
  /** Part that is done, 0 to 1. */
  progress?: number | undefined;
}

/** One number that is read from two metres, its name above it, its unit below it. */
export function Counter({ label, value, detail, tone, mono = false, progress }: CounterProps) {
  return (
    <div className={styles.counter} data-tone={tone} role="group" aria-label={label}>
      <div className={styles.label}>{label}</div>
      <div className={mono ? styles.mono : styles.value}>
        {tone && (
          <span className={styles.sign} aria-hidden="true">
            {tone === 'failure' ? '▲' : '◆'}
          </span>
        )}
        {value}
      </div>
      <div className={styles.detail}>{detail}</div>
      {progress !== undefined && (
        <progress className={styles.progress} value={progress} max={1} aria-label={label} />
      )}
    </div>
  );
}
