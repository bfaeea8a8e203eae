import type { PackageProblem } from './archive-profile.ts';
import type { Dossier } from './dossier.ts';
import { differencesFromLog, fileDifferencesFromLog } from './log-differences.ts';
import { logFacts } from './log-facts.ts';

/** What stands against every package, whatever the archive asks for. */
export function commonProblems(dossier: Dossier): PackageProblem[] {
  return [...tablesDiffer(dossier)];
}

function tablesDiffer(dossier: Dossier): PackageProblem[] {
  const { tape, pass, files, events } = dossier;
  const facts = logFacts(events, tape.id, pass.id);
  const differences = [...differencesFromLog({ tape, pass }, facts), ...fileDifferencesFromLog(files, facts)];
  return differences.map((message) => ({
    rule: 'tables-differ-from-log',
    level: 'error',
    tape: tape.identifier,
    message,
    where: 'Station: helical log verify, then helical log rebuild',
  }));
}
