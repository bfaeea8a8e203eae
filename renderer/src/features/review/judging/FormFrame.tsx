import { type ReactNode, useEffect, useRef } from 'react';
import styles from './FormFrame.module.css';
import { judging } from './judging.ts';

/** A form of the judgement: Enter says it, Escape leaves it, and the hand goes back to the keys of the screen. */
export function FormFrame({
  label,
  onSubmit,
  children,
}: {
  label: string;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise, which is no way to undo an effect.
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <form
      ref={form}
      aria-label={label}
      className={styles.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        onSubmit();
      }}
      onKeyDown={(pressed) => pressed.key === 'Escape' && judging.leave()}
    >
      {children}
    </form>
  );
}
