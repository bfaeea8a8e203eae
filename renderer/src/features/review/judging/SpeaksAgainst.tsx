import { useTranslation } from 'react-i18next';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { usePassComparison } from '../compare/use-pass-comparison.ts';
import { useComparison } from '../comparison.ts';
import type { JudgedPass } from './useJudgedPass.ts';

/** Faults that somebody said are there: notes are none, nor what the artist meant. */
function confirmedFaults(events: readonly ShownEvent[]): ShownEvent[] {
  return events.filter(
    ({ severity, intended, judged }) =>
      severity !== 'info' && intended === undefined && judged?.judgement === 'accepted',
  );
}

/** Of them, what a playing did: another playing may be without it. */
export function faultsOfPlayback(events: readonly ShownEvent[]): ShownEvent[] {
  return confirmedFaults(events).filter(({ judged }) => judged?.origin === 'playback');
}

/** What speaks against accepting a pass as it is: faults that were confirmed, and other playings of the tape. A list's lines. */
export function SpeaksAgainst({ pass }: { pass: JudgedPass }) {
  const { t } = useTranslation();
  const choices = useComparison((comparison) => comparison.choices);
  const compared = usePassComparison(pass.id);
  const others = choices.filter(({ kind }) => kind === 'pass');
  const b = useComparison((comparison) => comparison.b);
  const confirmed = confirmedFaults(pass.qcEvents).length;
  const lines = [
    confirmed > 0 &&
      t('judging.againstFaults', { count: confirmed, playback: faultsOfPlayback(pass.qcEvents).length }),
    compared?.proposal.choose === 'b' && b.kind === 'pass'
      ? t('judging.againstProposal', { number: b.pass.passNumber })
      : others.length > 0 && confirmed > 0 && t('judging.againstOthers', { count: others.length }),
  ].filter((line) => typeof line === 'string');
  return lines.map((line) => (
    <li key={line} data-tone="warning">
      <span aria-hidden="true">◆</span> {line}
    </li>
  ));
}
