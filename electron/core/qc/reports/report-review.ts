import { type Decision, decisionsOn } from '#shared/domain/decision.ts';
import type { Note } from '#shared/domain/note.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { PassReview } from '#shared/domain/pass-review.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import type { VocabularyTerm } from '#shared/domain/vocabulary.ts';
import { messages } from '#shared/i18n/messages.ts';

/** What people said of a pass, and the words that it takes. A file that is no pass has none. */
export interface ReportReview {
  /** What was played: `VT-3, Reverse Television, Bill Viola`, and which playing it was. */
  subject: { tape: string; passNumber: number };
  /** How it was recorded. */
  pass: Pass;
  said: PassReview;
  terms: readonly Pick<VocabularyTerm, 'id' | 'title'>[];
  /** A person's name; their id where it was erased. */
  nameOf(personId: string): string;
}

/** What was decided of an event, in two words: `there, tape`. */
export function judgementWords(
  language: ReportLanguage,
  { judgement, origin }: Pick<Decision, 'judgement' | 'origin'>,
): string {
  const { judging, origin: origins } = messages[language];
  const word = { accepted: judging.there, dismissed: judging.falseAlarm, reopened: judging.reopened }[
    judgement
  ];
  return origin === null ? word : `${word}, ${origins[origin]}`;
}

/** The word that stands on an event; undefined where nobody has said anything. */
export function standingWords(
  language: ReportLanguage,
  { judged, intended }: ShownEvent,
): string | undefined {
  if (intended) return messages[language].qc.report.intended;
  return judged && judgementWords(language, judged);
}

/** Everything that was decided of an event, the last word first. */
export function decisionsOf(review: ReportReview | undefined, event: ShownEvent): Decision[] {
  return review ? decisionsOn(event, review.said.decisions).toReversed() : [];
}

/** What a note is called: its term, else its words. */
export function noteTitle(
  language: ReportLanguage,
  { terms }: Pick<ReportReview, 'terms'>,
  { term, words }: Note,
): string {
  return terms.find(({ id }) => id === term)?.title[language] ?? (words || messages[language].judging.note);
}

/** Notes that were not withdrawn, in the order of the tape, each with a line of words: `Dropout: at the left (tape), Ada`. */
export function standingNotes(review: ReportReview | undefined) {
  const notes = review?.said.notes.filter(({ withdrawn }) => withdrawn === null) ?? [];
  return notes
    .toSorted((a, b) => a.startFrame - b.startFrame)
    .map((note) => ({
      ...{ startFrame: note.startFrame, endFrame: note.endFrame },
      words(language: ReportLanguage): string {
        if (!review) return note.words;
        const title = noteTitle(language, review, note);
        const said = [title, title === note.words ? '' : note.words].filter(Boolean).join(': ');
        const origin = note.origin === null ? '' : ` (${messages[language].origin[note.origin]})`;
        return `${said.replace(/\.$/, '')}${origin}, ${review.nameOf(note.notedBy)}`;
      },
    }));
}
