import { type EvidenceUnit, evidenceUnit } from '../domain/evidence-unit.ts';
import type { QcEvent } from '../domain/qc.ts';
import { engineWords } from './engine-words.ts';
import { messages } from './messages.ts';
import { readableNumber } from './readable-number.ts';

type Language = keyof typeof messages;

/** One number of an event's evidence as people read it: what it is called, and its value with its unit. */
interface EvidenceWords {
  name: string;
  value: string;
}

/** All of an event's evidence, for screens and reports. The log and JSON keep the numbers as they were measured. */
export function evidenceWords(language: Language, { evidence }: Pick<QcEvent, 'evidence'>): EvidenceWords[] {
  const { evidence: names, evidenceValue: values } = messages[language].qc;
  return Object.entries(evidence).map(([name, value]) => ({
    // A name that this version has no word for yet stands by itself.
    name: (names as Partial<Record<string, string>>)[name] ?? name,
    value:
      typeof value === 'number'
        ? figureWords(language, value, evidenceUnit(name, evidence))
        : ((values as Partial<Record<string, string>>)[value] ?? engineWords(language, value).words),
  }));
}

function figureWords(language: Language, value: number, unit: EvidenceUnit | undefined): string {
  if (unit === undefined || unit === 'count' || unit === 'ratio') return readableNumber(language, value);
  const shown = readableNumber(language, unit === 'share' ? 100 * value : value);
  return pattern(language, unit, value).replace(/\{\{[^}]+\}\}/, shown);
}

/** `code {{value}}`, `{{value}} codes`, in the form that the number asks for. */
function pattern(language: Language, unit: Exclude<EvidenceUnit, 'count' | 'ratio'>, value: number): string {
  const { evidenceUnit: units } = messages[language].qc;
  const words: Partial<Record<string, string>> = { ...units, ...messages[language].unit };
  const form = new Intl.PluralRules(language).select(value);
  return words[unit] ?? words[`${unit}_${form}`] ?? words[`${unit}_other`] ?? '{{value}}';
}
