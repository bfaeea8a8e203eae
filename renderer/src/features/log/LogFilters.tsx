import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { eventPayloads } from '#shared/domain/events.ts';
import { api } from '../../api/client.ts';
import styles from './LogScreen.module.css';
import type { LogWish } from './log-wish.ts';

const types = Object.keys(eventPayloads) as (keyof typeof eventPayloads)[];

/** Which events are shown: of a tape, a person, a device, a kind, of some days. All that is chosen must hold. */
export function LogFilters({ wish, onWish }: { wish: LogWish; onWish: (wish: LogWish) => void }) {
  const { t } = useTranslation();
  const people = useQuery(api.station.people.queryOptions());
  const choose = (part: Partial<LogWish>) => onWish({ ...wish, ...part });
  return (
    <>
      <TypedFilter label={t('log.tape')} typed={wish.tape} onTyped={(tape) => choose({ tape })} />
      <ChosenFilter
        label={t('log.person')}
        any={t('log.anybody')}
        chosen={wish.person}
        choices={(people.data ?? []).map(({ id, name }) => [id, name] as const)}
        onChoose={(person) => choose({ person })}
      />
      <TypedFilter label={t('log.device')} typed={wish.device} onTyped={(device) => choose({ device })} />
      <ChosenFilter
        label={t('log.type')}
        any={t('log.anyType')}
        chosen={wish.type}
        choices={types.map((type) => [type, t(`event.${type}`)] as const)}
        onChoose={(type) => choose({ type })}
      />
      <DayFilter label={t('log.from')} day={wish.fromDay} onDay={(fromDay) => choose({ fromDay })} />
      <DayFilter label={t('log.until')} day={wish.untilDay} onDay={(untilDay) => choose({ untilDay })} />
    </>
  );
}

/** One of some, or any. */
function ChosenFilter(props: {
  label: string;
  any: string;
  chosen: string;
  choices: readonly (readonly [value: string, name: string])[];
  onChoose: (value: string) => void;
}) {
  return (
    <select
      className={styles.choice}
      aria-label={props.label}
      value={props.chosen}
      onChange={(event) => props.onChoose(event.currentTarget.value)}
    >
      <option value="">{props.any}</option>
      {props.choices.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}

function DayFilter({ label, day, onDay }: { label: string; day: string; onDay: (day: string) => void }) {
  return (
    <label className={styles.day}>
      {label}
      <input
        type="date"
        className={styles.choice}
        value={day}
        onChange={(event) => onDay(event.currentTarget.value)}
      />
    </label>
  );
}

/** A name or number that is typed: it counts with Enter, or when the field is left. */
function TypedFilter(props: { label: string; typed: string; onTyped: (text: string) => void }) {
  const { label, typed, onTyped } = props;
  const take = (text: string) => text.trim() !== typed && onTyped(text.trim());
  return (
    <input
      type="search"
      className={styles.search}
      placeholder={label}
      aria-label={label}
      defaultValue={typed}
      key={typed}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
      onBlur={(event) => take(event.currentTarget.value)}
    />
  );
}
