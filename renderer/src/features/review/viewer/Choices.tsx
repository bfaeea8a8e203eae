interface ChoicesProps<Value extends string | number> {
  label: string;
  values: readonly Value[];
  chosen: Value;
  choose: (value: Value) => void;
  /** What stands on a choice, and what is told of it. */
  tell: (value: Value) => { words: string; label?: string | undefined; title?: string | undefined };
}

/**
 * Choices of which one holds, side by side: one stop of the tab key, arrows go from one to the next. Enter presses; the space bar
 * does not, since it plays, wherever the focus is: on a choice that holds it would press nothing anyway.
 */
export function Choices<Value extends string | number>({
  label,
  values,
  chosen,
  choose,
  tell,
}: ChoicesProps<Value>) {
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>, at: number) => {
    // Gives the arrows back to the frames.
    if (event.key === 'Escape') event.currentTarget.blur();
    const step = steps[event.key];
    if (step === undefined || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    // Here they are not the arrows that go from frame to frame.
    event.preventDefault();
    event.stopPropagation();
    const next = (at + step + values.length) % values.length;
    choose(values[next] as Value);
    (event.currentTarget.parentElement?.children[next] as HTMLElement | undefined)?.focus();
  };
  const hasChosen = values.includes(chosen);
  return (
    <div role="radiogroup" aria-label={label}>
      {values.map((value, at) => {
        const { words, label: spoken, title } = tell(value);
        return (
          <button
            key={value}
            type="button"
            role="radio"
            aria-checked={value === chosen}
            aria-label={spoken}
            title={title}
            tabIndex={value === chosen || (!hasChosen && at === 0) ? 0 : -1}
            onClick={() => choose(value)}
            onKeyDown={(event) => onKeyDown(event, at)}
          >
            {words}
          </button>
        );
      })}
    </div>
  );
}

const steps: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
