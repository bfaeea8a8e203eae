import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Note } from '#shared/domain/note.ts';
import type { Rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { api } from '../../../api/client.ts';
import { media } from '../../../api/media.ts';
import { usePreferences } from '../../../state/preferences.ts';
import { Button } from '../../../ui/Button.tsx';
import { Field, TextLine } from '../../../ui/Field.tsx';
import { Sentence } from '../../../ui/Sentence.tsx';
import { review, useCursor } from '../cursor.ts';
import { useRegion } from '../region.ts';
import { judging } from './judging.ts';
import styles from './NoteList.module.css';
import { useTerms } from './terms.ts';

/** The reviewers' notes in the order of the tape; one under the cursor is open, with its still. */
export function NoteList({
  notes,
  rate,
  nameOf,
}: {
  notes: readonly Note[];
  rate: Rational;
  nameOf: (personId: string) => string;
}) {
  const { t } = useTranslation();
  const language = usePreferences((preferences) => preferences.language);
  const terms = useTerms();
  const frame = useCursor((cursor) => cursor.frame);
  const titleOf = (note: Note) =>
    terms.find(({ id }) => id === note.term)?.title[language] ?? (note.words || t('judging.note'));
  if (notes.length === 0) return null;
  return (
    <section aria-label={t('judging.notes')} className={styles.notes}>
      <h3>
        {t('judging.notes')} <span>{notes.length}</span>
      </h3>
      <ol>
        {notes
          .toSorted((a, b) => a.startFrame - b.startFrame)
          .map((note) => {
            const here = frame >= note.startFrame && frame <= note.endFrame;
            return (
              <li key={note.id}>
                <button
                  type="button"
                  className={styles.note}
                  data-here={here || undefined}
                  onClick={() => {
                    review.goTo(note.startFrame);
                    // The part of the picture that it speaks of is drawn on the picture.
                    if (note.region) useRegion.setState({ region: note.region, isDrawing: false });
                  }}
                >
                  <span className={styles.time}>{formatTimecode(note.startFrame, rate)}</span>
                  {note.withdrawn ? <s>{titleOf(note)}</s> : <span>{titleOf(note)}</span>}
                  <span className={styles.who}>{note.origin && t(`origin.${note.origin}`)}</span>
                </button>
                {here && <OpenNote note={note} nameOf={nameOf} />}
              </li>
            );
          })}
      </ol>
    </section>
  );
}

function OpenNote({ note, nameOf }: { note: Note; nameOf: (personId: string) => string }) {
  const { t } = useTranslation();
  const link = useTerms().find(({ id }) => id === note.term)?.link;
  const { region, withdrawn, stillFrame } = note;
  return (
    <div className={styles.open} data-selectable>
      {note.words !== '' && note.term !== null && <p className={styles.said}>{note.words}</p>}
      {region && (
        <p className={styles.who}>
          {region.width} × {region.height} ({region.x}, {region.y})
        </p>
      )}
      {stillFrame !== null && (
        <img
          src={media.frame(note.passId, stillFrame)}
          alt={t('judging.stillOf', { frame: stillFrame })}
          loading="lazy"
        />
      )}
      <p className={styles.who}>
        {note.writtenBy
          ? t('judging.writtenFor', { by: nameOf(note.writtenBy), name: nameOf(note.notedBy) })
          : nameOf(note.notedBy)}
        {link && (
          <>
            {' · '}
            <a href={link} target="_blank" rel="noreferrer">
              {t('judging.atlas')}
            </a>
          </>
        )}
      </p>
      {withdrawn ? (
        <p className={styles.who}>{t('judging.withdrawn', { reason: withdrawn.reason })}</p>
      ) : (
        <Withdraw noteId={note.id} />
      )}
    </div>
  );
}

function Withdraw({ noteId }: { noteId: Note['id'] }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const withdraw = useMutation(
    api.review.withdrawNote.mutationOptions({ onSuccess: () => judging.leave({ kind: 'withdrawn' }) }),
  );
  if (!isOpen) {
    return (
      <Button tone="quiet" onClick={() => setOpen(true)}>
        {t('judging.withdraw')}
      </Button>
    );
  }
  return (
    <form
      onSubmit={(submitted) => {
        submitted.preventDefault();
        withdraw.mutate({ noteId, reason });
      }}
      onKeyDown={(pressed) => pressed.key === 'Escape' && setOpen(false)}
    >
      <Field name="withdraw-reason" label={t('judging.reason')} wide>
        <TextLine
          required
          autoFocus
          value={reason}
          onChange={(changed) => setReason(changed.currentTarget.value)}
        />
      </Field>
      <Sentence error={withdraw.error} />
    </form>
  );
}
