import { useTranslation } from 'react-i18next';
import { engineWords } from '#shared/i18n/engine-words.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Choice, Field, TextLine } from '../../ui/Field.tsx';
import styles from './Setup.module.css';
import { type ChosenSource, type OfferedSource, optionsAt } from './sources.ts';

/** What is recorded from: a source, what is plugged into it, and how it is to be opened, as far as it lets one choose. */
export function SourceChoice({
  offered,
  source,
  chosen,
  onChoose,
}: {
  offered: readonly OfferedSource[];
  source: OfferedSource | undefined;
  chosen: ChosenSource;
  onChoose(chosen: ChosenSource): void;
}) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const named = (name: string) => engineWords(language, name).words;
  const lacking = offered.filter((one) => one.unavailable);
  const inputs = source?.inputs ?? [];
  return (
    <>
      <Field name="source" label={t('capture.source')}>
        <Choice
          value={source?.id ?? ''}
          onChoose={(sourceId) => onChoose({ sourceId, inputId: '', options: {} })}
          options={offered.map((one) => ({
            value: one.id,
            label: one.unavailable ? t('capture.sourceLacking', { name: named(one.name) }) : named(one.name),
            disabled: Boolean(one.unavailable),
          }))}
        />
      </Field>
      {lacking.length > 0 && (
        <details className={styles.hint}>
          <summary>{t('capture.whyLacking', { count: lacking.length })}</summary>
          {lacking.map((one) => (
            <p key={one.id} data-selectable>
              <strong>{named(one.name)}</strong> {named(one.unavailable ?? '')}
            </p>
          ))}
        </details>
      )}
      {inputs.length > 0 && (
        <Field name="input" label={t('capture.input')}>
          <Choice
            value={inputs.some((one) => one.id === chosen.inputId) ? chosen.inputId : (inputs[0]?.id ?? '')}
            onChoose={(inputId) => onChoose({ ...chosen, inputId })}
            options={inputs.map((one) => ({ value: one.id, label: named(one.name) }))}
          />
        </Field>
      )}
      {optionsAt(source, chosen).map((option) => {
        const set = (value: string) =>
          onChoose({ ...chosen, options: { ...chosen.options, [option.name]: value } });
        const value = chosen.options[option.name] ?? '';
        const usual = option.default === undefined ? t('capture.cardDecides') : option.default;
        const unit = option.unit ? ` (${option.unit})` : '';
        return (
          <Field key={option.name} name={`source-${option.name}`} label={`${option.label}${unit}`}>
            {option.choices.length > 0 ? (
              <Choice
                value={value || (option.default ?? '')}
                onChoose={set}
                options={[
                  ...(option.default === undefined ? [{ value: '', label: usual }] : []),
                  ...option.choices.map((choice) => ({ value: choice.value, label: choice.name })),
                ]}
              />
            ) : (
              <TextLine
                value={value}
                placeholder={usual}
                inputMode={option.unit ? 'decimal' : undefined}
                onChange={(event) => set(event.currentTarget.value)}
              />
            )}
          </Field>
        );
      })}
    </>
  );
}
