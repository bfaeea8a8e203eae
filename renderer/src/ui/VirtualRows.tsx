import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './VirtualRows.module.css';

interface VirtualRowsProps {
  count: number;
  /** Height of a row in rem. */
  rowRem: number;
  label: string;
  columns: string;
  /** Width in rem below which it scrolls sideways. */
  minRem: number;
  header: ReactNode;
  row: (index: number) => ReactNode;
  /** First and last row in sight, whenever they change: whoever pages fetches by it. */
  onRange?: (first: number, last: number) => void;
}

/**
 * A long table that draws only the rows in sight. The one component that knows the virtualiser, whose mutable instance
 * the React Compiler must not memoise.
 */
export function VirtualRows({
  count,
  rowRem,
  label,
  columns,
  minRem,
  header,
  row,
  onRange,
}: VirtualRowsProps) {
  'use no memo';
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange?.(first, last), [first, last, onRange]);
  return (
    <div ref={scroller} className={styles.scroller} role="table" aria-label={label} aria-rowcount={count}>
      <div
        className={styles.header}
        role="row"
        tabIndex={-1}
        style={{ gridTemplateColumns: columns, minWidth: `${minRem}rem` }}
      >
        {header}
      </div>
      <div
        className={styles.rows}
        role="rowgroup"
        style={{ height: virtualizer.getTotalSize(), minWidth: `${minRem}rem` }}
      >
        {items.map((item) => (
          <div
            key={item.key}
            className={styles.slot}
            style={{
              height: item.size,
              transform: `translateY(${item.start}px)`,
              gridTemplateColumns: columns,
            }}
            data-index={item.index}
          >
            {row(item.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
