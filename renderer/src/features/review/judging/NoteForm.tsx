import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PictureRegion } from '#shared/domain/note.ts';
import { origins } from '#shared/domain/origin.ts';
import { type QcEvent, severities } from '#shared/domain/qc.ts';
import { api } from '../../../api/client.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { Button } from '../../../ui/Button.tsx';
import { Choice, Field, TextLine } from '../../../ui/Field.tsx';
import { Sentence } from '../../../ui/Sentence.tsx';
import { useCursor } from '../cursor.ts';
import { useRegion } from '../region.ts';
import { FormFrame } from './FormFrame.tsx';
import { judging } from './judging.ts';
import { noteBeginning, stillFrameOf } from './note-beginning.ts';
import { draftOf, dropDraft, keepDraft } from './note-draft.ts';
import { useTerms } from './terms.ts';
import type { JudgedPass } from './useJudgedPass.ts';
import { WordsField } from './WordsField.tsx';

/**
 * A note: where, which term, in which words. It begins with what was in sight when it was begun, whatever comes in sight later, and goes
 * on where its screen was left.
 */
export function NoteForm({ pass, event }: { pass: JudgedPass; event: QcEvent | undefined }) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const terms = useTerms();
  const [kept] = useState(() => draftOf(pass.id));
  const [at] = useState(() => kept?.at ?? useCursor.getState().frame);
  const [begun] = useState(() => kept?.begun ?? noteBeginning(useCursor.getState(), event));
  const [startFrame, setStart] = useState(kept?.startFrame ?? String(begun.startFrame));
  const [endFrame, setEnd] = useState(kept?.endFrame ?? String(begun.endFrame));
  const [region, setRegion] = useState(() => kept?.region ?? wordsOf(useRegion.getState().region));
  const [hasStill, setStill] = useState(kept?.hasStill ?? true);
  const [term, setTerm] = useState<string | null>(kept?.term ?? null);
  const [origin, setOrigin] = useState(kept?.origin ?? '');
  const [severity, setSeverity] = useState<string>(kept?.severity ?? begun.about?.severity ?? '');
  const [words, setWords] = useState(kept?.words ?? '');
  const [isRegionBad, setRegionBad] = useState(false);
  useEffect(() => {
    const where = { at, begun, startFrame, endFrame, region, hasStill };
    keepDraft(pass.id, { ...where, term, origin, severity, words });
  }, [pass.id, at, begun, startFrame, endFrame, region, hasStill, term, origin, severity, words]);
  const { about } = begun;
  const suggested = about && terms.find(({ checks }) => checks.includes(about.check))?.id;
  const still = stillFrameOf({ startFrame: Number(startFrame), endFrame: Number(endFrame) }, at);
  const chosenTerm = term ?? suggested ?? '';
  const note = useMutation(
    api.review.note.mutationOptions({
      onSuccess: ({ startFrame: at }) => {
        dropDraft(pass.id);
        judging.leave({ kind: 'note', startFrame: at });
      },
    }),
  );
  const known = terms.find(({ id }) => id === chosenTerm);
  const media = known?.media ?? [];
  const orNothing = (options: { value: string; label: string }[]) => [
    { value: '', label: t('judging.noOrigin') },
    ...options,
  ];
  function save(): void {
    const part = regionOf(region);
    setRegionBad(part === undefined);
    if (part === undefined) return;
    note.mutate({
      ...{ passId: pass.id, startFrame: Number(startFrame), endFrame: Number(endFrame), words, region: part },
      stillFrame: hasStill ? still : null,
      term: chosenTerm === '' ? null : chosenTerm,
      medium: media.length === 1 ? (media[0] ?? null) : null,
      origin: origins.find((one) => one === origin) ?? null,
      severity: severities.find((one) => one === severity) ?? null,
    });
  }
  return (
    <FormFrame label={t('judging.newNote')} onSubmit={save}>
      <WordsField
        name="note-words"
        label={t('judging.words')}
        value={words}
        maxLength={4000}
        onChange={setWords}
      />
      <Field name="note-term" label={t('judging.term')} hint={known?.definition[language]} wide>
        <Choice
          value={chosenTerm}
          onChoose={setTerm}
          options={[
            { value: '', label: t('judging.noTerm') },
            ...terms
              .map(({ id, title }) => ({ value: id, label: title[language] }))
              .sort((a, b) => a.label.localeCompare(b.label, language)),
          ]}
        />
      </Field>
      <FrameField name="note-from" label={t('judging.from')} value={startFrame} onChange={setStart} />
      <FrameField name="note-to" label={t('judging.to')} value={endFrame} onChange={setEnd} />
      <Field name="note-origin" label={t('judging.origin')}>
        <Choice
          value={origin}
          onChoose={setOrigin}
          options={orNothing(origins.map((one) => ({ value: one, label: t(`origin.${one}`) })))}
        />
      </Field>
      <Field name="note-severity" label={t('judging.severity')}>
        <Choice
          value={severity}
          onChoose={setSeverity}
          options={orNothing(severities.map((one) => ({ value: one, label: t(`severity.${one}`) })))}
        />
      </Field>
      <Field
        name="note-region"
        label={t('judging.region')}
        problem={isRegionBad ? t('judging.regionBad') : undefined}
        wide
      >
        <TextLine
          value={region}
          placeholder={`0, 0, ${pass.video.width}, ${pass.video.height}`}
          onChange={(changed) => setRegion(changed.currentTarget.value)}
        />
      </Field>
      <label>
        <input
          type="checkbox"
          checked={hasStill}
          onChange={(changed) => setStill(changed.currentTarget.checked)}
        />{' '}
        {t('judging.still', { frame: still })}
      </label>
      <footer>
        <Button tone="main" type="submit" disabled={note.isPending}>
          {t('judging.saveNote')} <kbd>⏎</kbd>
        </Button>
        <Button tone="quiet" onClick={() => judging.leave()}>
          {t('judging.leave')} <kbd>Esc</kbd>
        </Button>
      </footer>
      <Sentence error={note.error} />
    </FormFrame>
  );
}

/** A frame of the master by its number. */
function FrameField({
  name,
  label,
  value,
  onChange,
}: {
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field name={name} label={label}>
      <TextLine
        inputMode="numeric"
        required
        pattern="\d+"
        value={value}
        onChange={(changed) => onChange(changed.currentTarget.value)}
      />
    </Field>
  );
}

function wordsOf(region: PictureRegion | null): string {
  return region ? `${region.x}, ${region.y}, ${region.width}, ${region.height}` : '';
}

/** Reads `x, y, width, height`; null for nothing, undefined for what is neither. */
export function regionOf(text: string): PictureRegion | null | undefined {
  if (text.trim() === '') return null;
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const [x, y, width, height] = parts.map(Number);
  const isWhole = parts.length === 4 && parts.every((part) => /^\d+$/.test(part));
  if (!isWhole || x === undefined || y === undefined || !width || !height) return undefined;
  return { x, y, width, height };
}
