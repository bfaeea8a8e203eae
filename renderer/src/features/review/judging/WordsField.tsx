import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, TextArea } from '../../../ui/Field.tsx';

/** What is said in a form, in as many lines as it takes: Enter says it, Shift+Enter begins a new line. It takes the hand when it opens. */
export function WordsField({
  name,
  label,
  value,
  maxLength,
  required = false,
  problem,
  hint,
  onChange,
}: {
  name: string;
  label: string;
  value: string;
  maxLength: number;
  required?: boolean;
  problem?: string | undefined;
  /** What Enter does; that Shift+Enter begins a line is said where nothing else is. */
  hint?: string;
  onChange: (words: string) => void;
}) {
  const { t } = useTranslation();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = area.current;
    element?.focus();
    // Words that were begun before go on where they ended.
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);
  return (
    <Field name={name} label={label} hint={hint ?? t('judging.newLine')} problem={problem} wide>
      <TextArea
        ref={area}
        rows={2}
        required={required}
        value={value}
        maxLength={maxLength}
        onChange={(changed) => onChange(changed.currentTarget.value)}
        onKeyDown={(pressed) => {
          // An Enter that chooses among the proposals of an input method is not ours.
          if (pressed.key !== 'Enter' || pressed.shiftKey || pressed.nativeEvent.isComposing) return;
          pressed.preventDefault();
          pressed.currentTarget.form?.requestSubmit();
        }}
      />
    </Field>
  );
}
