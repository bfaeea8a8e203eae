import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Tape, tapeStandings } from '#shared/domain/tape.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../state/person.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Late } from '../../ui/Late.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { TapeStandingWord } from '../../ui/StateWord.tsx';
import { count } from '../../ui/words.ts';
import { FirstStep } from './FirstStep.tsx';
import { ImportPanel } from './ImportPanel.tsx';
import styles from './Register.module.css';
import { RegisterForm } from './RegisterForm.tsx';
import { pageSize, pagesOf, useRegisterView } from './register-view.ts';
import { TapeTable } from './TapeTable.tsx';

/** All tapes: found by words and states, sorted by the engine, read page by page as they come into sight. */
export function Register() {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const may = useMay('technician');
  const view = useRegisterView();
  const { filter, states, sortBy, descending, side } = view;
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), []);
  // The first page is always there: it says how many there are, whatever part is in sight and still on its way.
  const offsets = [...new Set([0, ...pagesOf(range.first, range.last)])];
  const results = useQueries({
    queries: offsets.map((offset) =>
      api.tapes.list.queryOptions({
        input: { filter, states, sortBy, descending, offset, limit: pageSize },
        placeholderData: keepPreviousData,
      }),
    ),
  });
  const pages = new Map<number, readonly Tape[]>(
    offsets.map((offset, index) => [offset, results[index]?.data?.rows ?? []]),
  );
  const total = results[0]?.data?.total;
  const error = results.find((result) => result.error)?.error;
  const filtered = filter !== '' || states.length > 0;
  return (
    <div className={styles.screen}>
      <Panel
        className={styles.register}
        flush
        title={t('tapes.title')}
        aside={
          total === undefined
            ? ''
            : t(filtered ? 'tapes.found' : 'tapes.total', { count: total, shown: count(total, language) })
        }
      >
        <div className={styles.tools}>
          <input
            type="search"
            className={styles.search}
            placeholder={t('tapes.searchShort')}
            title={t('tapes.search')}
            aria-label={t('tapes.search')}
            value={filter}
            onChange={(event) => useRegisterView.setState({ filter: event.currentTarget.value })}
          />
          <fieldset className={styles.facets}>
            <legend className="visually-hidden">{t('tapes.states')}</legend>
            {tapeStandings.map((state) => (
              <button
                key={state}
                type="button"
                aria-pressed={states.includes(state)}
                onClick={() =>
                  useRegisterView.setState({
                    states: states.includes(state)
                      ? states.filter((one) => one !== state)
                      : [...states, state],
                  })
                }
              >
                <TapeStandingWord standing={state} />
              </button>
            ))}
          </fieldset>
          <span className={styles.space} />
          {may && (
            <Button aria-pressed={side === 'import'} onClick={() => open('import', side)}>
              {t('tapes.import')}
            </Button>
          )}
          {may && (
            <Button tone="main" aria-pressed={side === 'register'} onClick={() => open('register', side)}>
              {t('tapes.register')}
            </Button>
          )}
        </div>
        <Sentence error={error} />
        {total === 0 ? (
          <Empty action={!filtered && <FirstStep />}>{t(filtered ? 'tapes.noMatch' : 'tapes.none')}</Empty>
        ) : total === undefined ? (
          !error && (
            <Late>
              <Empty>{t('unit.reading')}</Empty>
            </Late>
          )
        ) : (
          <TapeTable pages={pages} total={total} onRange={onRange} />
        )}
      </Panel>
      {side === 'register' && <RegisterForm />}
      {side === 'import' && <ImportPanel />}
    </div>
  );
}

function open(wanted: 'register' | 'import', now: string): void {
  useRegisterView.setState({ side: now === wanted ? 'none' : wanted });
}
