import { createColumnHelper, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useTranslation } from 'react-i18next';
import type { Tape } from '#shared/domain/tape.ts';
import { fragmentOf, goTo } from '../../state/place.ts';
import { usePreferences } from '../../state/preferences.ts';
import { MiddleCut } from '../../ui/MiddleCut.tsx';
import { TapeStanding } from '../../ui/StateWord.tsx';
import { VirtualRows } from '../../ui/VirtualRows.tsx';
import { moment } from '../../ui/words.ts';
import { rowAt, type SortKey, useRegisterView } from './register-view.ts';
import styles from './TapeTable.module.css';

const features = tableFeatures({ rowSortingFeature });
const helper = createColumnHelper<typeof features, Tape>();

const columns = helper.columns([
  helper.accessor('identifier', {
    header: () => <ColumnName name="identifier" />,
    cell: ({ row }) => (
      <a className={styles.identifier} href={fragmentOf({ screen: 'tapes', item: row.original.id })}>
        <MiddleCut text={row.original.identifier} />
      </a>
    ),
  }),
  helper.accessor('title', { header: () => <ColumnName name="title" />, cell: ({ getValue }) => getValue() }),
  helper.accessor('artist', {
    header: () => <ColumnName name="artist" />,
    cell: ({ getValue }) => getValue(),
  }),
  helper.accessor('format', {
    header: () => <ColumnName name="format" />,
    cell: ({ row }) => <FormatName tape={row.original} />,
  }),
  helper.accessor('condition', {
    header: () => <ColumnName name="condition" />,
    enableSorting: false,
    cell: ({ row }) => <ConditionName tape={row.original} />,
  }),
  helper.accessor('state', {
    header: () => <ColumnName name="state" />,
    cell: ({ row }) => <TapeStanding tape={row.original} />,
  }),
  helper.accessor('passCount', {
    header: () => <ColumnName name="passes" />,
    enableSorting: false,
    cell: ({ getValue }) => <span className="mono">{getValue()}</span>,
  }),
  helper.accessor('lastEventAt', {
    header: () => <ColumnName name="lastEvent" />,
    cell: ({ row }) => <LastEvent tape={row.original} />,
  }),
]);

const widths =
  'minmax(10rem,1.8fr) minmax(8rem,1.8fr) minmax(7rem,1.1fr) minmax(8.5rem,1fr) minmax(6.5rem,.5fr) minmax(10rem,.8fr) 3.25rem minmax(18.5rem,1.2fr)';

interface TapeTableProps {
  pages: ReadonlyMap<number, readonly Tape[]>;
  total: number;
  onRange: (first: number, last: number) => void;
}

/** The register's rows. Sorting and paging are the engine's; the table holds only the rows that were read. */
export function TapeTable({ pages, total, onRange }: TapeTableProps) {
  const { t } = useTranslation();
  const { sortBy, descending } = useRegisterView();
  const data = [...pages.values()].flat();
  const table = useTable({
    features,
    columns,
    data,
    getRowId: (tape) => tape.id,
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    sortDescFirst: false,
    state: { sorting: [{ id: sortBy, desc: descending }] },
    onSortingChange: (update) => {
      const next = typeof update === 'function' ? update([{ id: sortBy, desc: descending }]) : update;
      const [first] = next;
      if (first) useRegisterView.setState({ sortBy: first.id as SortKey, descending: first.desc });
    },
  });
  const rowsById = table.getRowModel().rowsById;
  const header = table.getHeaderGroups()[0]?.headers.map((one) => {
    const sorted = one.column.getIsSorted();
    return (
      <div
        key={one.id}
        role="columnheader"
        tabIndex={-1}
        className={styles.head}
        aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'}
      >
        {one.column.getCanSort() ? (
          <button type="button" onClick={one.column.getToggleSortingHandler()}>
            <table.FlexRender header={one} />
            <span aria-hidden="true">{sorted === 'asc' ? ' ▲' : sorted === 'desc' ? ' ▼' : ''}</span>
          </button>
        ) : (
          <table.FlexRender header={one} />
        )}
      </div>
    );
  });
  return (
    <VirtualRows
      count={total}
      rowRem={1.75}
      label={t('tapes.title')}
      columns={widths}
      minRem={73}
      header={header}
      onRange={onRange}
      row={(index) => {
        const tape = rowAt(pages, index);
        const row = tape && rowsById[tape.id];
        if (!row) return <div className={styles.waiting} aria-hidden="true" />;
        return (
          <div
            role="row"
            tabIndex={-1}
            aria-rowindex={index + 1}
            className={styles.row}
            onDoubleClick={() => goTo({ screen: 'tapes', item: row.original.id })}
          >
            {row.getAllCells().map((cell) => (
              <div key={cell.id} role="cell" className={styles.cell}>
                <table.FlexRender cell={cell} />
              </div>
            ))}
          </div>
        );
      }}
    />
  );
}

function ColumnName({
  name,
}: {
  name: 'identifier' | 'title' | 'artist' | 'format' | 'condition' | 'state' | 'passes' | 'lastEvent';
}) {
  const { t } = useTranslation();
  return t(`tape.${name}`);
}

function FormatName({ tape }: { tape: Tape }) {
  const { t } = useTranslation();
  return [t(`format.${tape.format}`), tape.standard !== 'unknown' && tape.standard]
    .filter(Boolean)
    .join(' · ');
}

function ConditionName({ tape }: { tape: Tape }) {
  const { t } = useTranslation();
  return tape.condition === 'unknown' ? '–' : t(`condition.${tape.condition}`);
}

function LastEvent({ tape }: { tape: Tape }) {
  const { t, i18n } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const key = `event.${tape.lastEventType}`;
  return (
    <span className={styles.last}>
      <span>{i18n.exists(key) ? t(key as 'event.tape.registered') : tape.lastEventType}</span>
      <time dateTime={tape.lastEventAt}>{moment(tape.lastEventAt, language)}</time>
    </span>
  );
}
