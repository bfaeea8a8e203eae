import type { XmlVisitor } from './xml-reader.ts';

/** One thing that MediaConch looked at and did not pass. */
export interface MediaconchProblem {
  /** `implementation` for the standard's own rules, `policy` for the house's. */
  kind: 'implementation' | 'policy';
  /** The check's id (`EBML-ELEM-START`), or the rule's name, with the policies it stands in before it. */
  rule: string;
  outcome: string;
  /** Why, in MediaConch's words; what was found where it gives none. */
  reason: string | undefined;
  actual: string | undefined;
  requested: string | undefined;
  /** Byte in the file. */
  offset: number | undefined;
}

export interface MediaconchMedia {
  name: string;
  /** Tests and rules that were applied, and those that passed; the rest were not applicable, a mere note, or are problems. */
  applied: number;
  passed: number;
  problems: MediaconchProblem[];
}

const mostProblems = 5000;
const noProblem = new Set(['pass', 'n/a', 'info']);

/**
 * Takes what stands in an XML report of MediaConch (`mediaconch -fx`), schema 0.1 to 0.3: https://mediaarea.net/mediaconch.
 * `policyChecks` is the older form of `policy` with `rule`. Outcomes that are neither a pass nor "not applicable" nor a note
 * (`info`) are problems, but not within a policy that passed: of two rules of which one must hold, one may fail.
 */
export function createMediaconchVisitor(): XmlVisitor & { media: MediaconchMedia[] } {
  const media: MediaconchMedia[] = [];
  const policies: { name: string; passed: boolean }[] = [];
  let current: MediaconchMedia | undefined;
  let kind: MediaconchProblem['kind'] = 'implementation';
  let check = '';
  let problem: MediaconchProblem | undefined;
  const named = (name: string): string =>
    [...policies.map((policy) => policy.name), name].filter(Boolean).join(' / ');

  function judged(is: ReadonlyMap<string, string>, rule: string): void {
    problem = undefined;
    if (!current) return;
    const outcome = (is.get('outcome') ?? '').toLowerCase();
    if (outcome === '') return;
    current.applied++;
    if (outcome === 'pass') current.passed++;
    if (noProblem.has(outcome) || current.problems.length >= mostProblems) return;
    if (policies.some(({ passed }) => passed)) return;
    const [reason, actual, requested] = [is.get('reason'), is.get('actual'), requestedBy(is)];
    problem = { kind, rule, outcome, reason, actual, requested, offset: undefined };
    current.problems.push(problem);
  }

  return {
    media,
    open(name, is) {
      if (name === 'media') {
        current = { name: is.get('ref') ?? '', applied: 0, passed: 0, problems: [] };
        media.push(current);
      } else if (name === 'implementationChecks' || name === 'policyChecks' || name === 'policy') {
        // A report on one file may leave out the element around it.
        if (!current) {
          current = { name: '', applied: 0, passed: 0, problems: [] };
          media.push(current);
        }
        kind = name === 'implementationChecks' ? 'implementation' : 'policy';
        if (name === 'policy') {
          policies.push({
            name: is.get('name') ?? is.get('title') ?? '',
            passed: is.get('outcome') === 'pass',
          });
        }
      } else if (name === 'check') {
        check = is.get('icid') ?? is.get('name') ?? '';
      } else if (name === 'test') {
        judged(is, named(check));
      } else if (name === 'rule') {
        judged(is, named(is.get('name') ?? ''));
      } else if (name === 'value' && problem) {
        const offset = Number(is.get('offset') ?? 'none');
        if (Number.isSafeInteger(offset) && offset >= 0) problem.offset ??= offset;
      }
    },
    close(name) {
      if (name === 'policy') policies.pop();
      if (name === 'test' || name === 'rule') problem = undefined;
      if (name === 'media') current = undefined;
    },
  };
}

/** The value that was asked for; for a rule without one (`exists`) its field and operator. */
function requestedBy(is: ReadonlyMap<string, string>): string | undefined {
  const [value, operator] = [is.get('value'), is.get('operator')];
  return is.get('requested') ?? (operator ? `${value ?? ''} ${operator}`.trim() : value);
}
