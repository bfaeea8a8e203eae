import { evidenceUnit } from '../domain/evidence-unit.ts';
import type { QcEvent } from '../domain/qc.ts';
import { engineWords } from './engine-words.ts';
import french from './found.fr.json' with { type: 'json' };
import dutch from './found.nl.json' with { type: 'json' };
import { messages } from './messages.ts';
import { readableNumber } from './readable-number.ts';

/** Sentences by check. A check words what it found in English itself, from more than an event keeps. */
const found: Record<string, Partial<Record<string, string>>> = { nl: dutch, fr: french };

/** What an event says of itself: its check, its frames, its channels and its numbers. */
type Told = Pick<QcEvent, 'check' | 'startFrame' | 'endFrame' | 'channels' | 'evidence'> & {
  message?: string;
};

/**
 * What a check found, in Dutch or French, with the event's own numbers. Undefined in English, which the check wrote itself; for checks
 * that this version does not know; and where an event does not hold a number that the sentence needs. Rules of files are said by their sentences.
 */
export function eventSentence(language: keyof typeof messages, event: Told): string | undefined {
  const sentence = found[language]?.[event.check];
  if (sentence === undefined) return ofFile(language, event.message);
  let isWhole = true;
  const filled = sentence.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = toldOf(language, event, name);
    if (value === undefined) isWhole = false;
    return value ?? whole;
  });
  return isWhole ? filled : undefined;
}

/** A rule of a file says what is wrong and what to do in sentences of its own. */
function ofFile(language: keyof typeof messages, message: string | undefined): string | undefined {
  if (language === 'en' || message === undefined) return undefined;
  const said = engineWords(language, message);
  return said.language === undefined ? said.words : undefined;
}

function toldOf(language: keyof typeof messages, event: Told, name: string): string | undefined {
  const frames = event.endFrame - event.startFrame + 1;
  if (name === 'length') return lengthIn(language, frames);
  if (name === 'channels') return event.channels?.join(', ');
  const value = event.evidence[name];
  if (typeof value === 'number') {
    const isShare = evidenceUnit(name, event.evidence) === 'share';
    return isShare ? `${readableNumber(language, 100 * value)}\u00a0%` : readableNumber(language, value);
  }
  // A set of bars is called the same everywhere.
  if (name === 'barsSet') return value;
  // The one number that a check may not know; its word for that is English.
  return name === 'lostFrames' && value !== undefined ? '?' : undefined;
}

/** `1 beeld`, `1 200 images`. */
function lengthIn(language: keyof typeof messages, frames: number): string {
  const { frames_one: one, frames_other: other } = messages[language].unit;
  const form = new Intl.PluralRules(language).select(frames) === 'one' ? one : other;
  return form.replace('{{count, number}}', readableNumber(language, frames));
}
