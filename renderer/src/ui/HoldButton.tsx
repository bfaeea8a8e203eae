import type { ReactNode } from 'react';
import styles from './HoldButton.module.css';
import { useHold } from './useHold.ts';

interface HoldButtonProps {
  children: ReactNode;
  /** What it does, for screen readers, with the word that it has to be held. */
  label: string;
  disabled?: boolean;
  /** True while a key elsewhere holds the same action. */
  heldByKey?: boolean;
  onHeld: () => void;
}

/** A button that acts only when held down, by mouse, finger, Space or Enter. A click by accident does nothing. */
export function HoldButton({
  children,
  label,
  disabled = false,
  heldByKey = false,
  onHeld,
}: HoldButtonProps) {
  const { held, begin, letGo } = useHold(onHeld);
  const isHoldKey = (key: string) => key === ' ' || key === 'Enter';
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={label}
      disabled={disabled}
      data-held={held || heldByKey || undefined}
      onPointerDown={(event) => event.button === 0 && begin()}
      onPointerUp={letGo}
      onPointerLeave={letGo}
      onPointerCancel={letGo}
      onKeyDown={(event) => {
        if (!isHoldKey(event.key)) return;
        event.preventDefault();
        if (!event.repeat) begin();
      }}
      onKeyUp={(event) => isHoldKey(event.key) && letGo()}
      onBlur={letGo}
      onContextMenu={(event) => event.preventDefault()}
    >
      <span className={styles.progress} aria-hidden="true" />
      <span className={styles.content}>{children}</span>
    </button>
  );
}
