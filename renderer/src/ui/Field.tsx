import { Field as BaseField } from '@base-ui/react/field';
import type { ReactNode } from 'react';
import styles from './Field.module.css';

interface FieldProps {
  name: string;
  label: ReactNode;
  /** What is wrong with it, as a sentence. */
  problem?: string | undefined;
  hint?: ReactNode;
  /** True: takes the whole width of its form. */
  wide?: boolean;
  children: ReactNode;
}

/** A labelled control with its problem below it. The control is a `Field.Control` of base-ui or a native one. */
export function Field({ name, label, problem, hint, wide = false, children }: FieldProps) {
  return (
    <BaseField.Root
      name={name}
      invalid={Boolean(problem)}
      className={styles.field}
      data-wide={wide || undefined}
    >
      <BaseField.Label className={styles.label}>{label}</BaseField.Label>
      {children}
      {hint && <BaseField.Description className={styles.hint}>{hint}</BaseField.Description>}
      <BaseField.Error match={Boolean(problem)} className={styles.problem}>
        {problem}
      </BaseField.Error>
    </BaseField.Root>
  );
}

interface ChoiceProps extends Omit<React.ComponentProps<'select'>, 'onChange'> {
  options: readonly { value: string; label: string; disabled?: boolean }[];
  onChoose?: (value: string) => void;
}

/** A native list of choices inside a field: one word each, reachable by typing. */
export function Choice({ options, onChoose, ...rest }: ChoiceProps) {
  return (
    <BaseField.Control
      render={
        <select
          {...rest}
          className={styles.control}
          onChange={(event) => onChoose?.(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      }
    />
  );
}

/** A line of free text inside a field. */
export function TextLine(props: React.ComponentProps<typeof BaseField.Control>) {
  return <BaseField.Control autoComplete="off" spellCheck={false} {...props} className={styles.control} />;
}

/** Several lines of free text inside a field. */
export function TextArea(props: React.ComponentProps<'textarea'>) {
  return <BaseField.Control render={<textarea rows={3} {...props} className={styles.control} />} />;
}
