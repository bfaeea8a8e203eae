import { type ReactNode, useId } from 'react';
import styles from './Panel.module.css';

interface PanelProps {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
  /** True: the content reaches the edges and scrolls by itself. */
  flush?: boolean;
}

/** A plate of the instrument: a quiet heading, what it is about at the right, the content. */
export function Panel({ title, aside, children, className, flush = false }: PanelProps) {
  const titleId = useId();
  return (
    <section
      className={[styles.panel, className].filter(Boolean).join(' ')}
      aria-labelledby={title === undefined ? undefined : titleId}
    >
      {title !== undefined && (
        <header className={styles.head}>
          <h2 id={titleId}>{title}</h2>
          <div className={styles.aside}>{aside}</div>
        </header>
      )}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
