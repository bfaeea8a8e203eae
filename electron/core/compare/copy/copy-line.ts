import type { CopyCheck, CopyLine } from '#shared/domain/copy-certificate.ts';

/** One line of a certificate, from numbers. `undefined` for ok: nothing to tell it by. */
export function copyLine(
  id: CopyCheck,
  ok: boolean | undefined,
  said: Pick<CopyLine, 'expected' | 'measured' | 'source'> & { values?: Record<string, number> },
): CopyLine {
  const values = Object.entries(said.values ?? {}).map(([name, value]) => [
    name,
    Math.round(value * 1e4) / 1e4,
  ]);
  return {
    id,
    state: ok === undefined ? 'not-told' : ok ? 'ok' : 'failed',
    expected: said.expected,
    measured: said.measured,
    values: Object.fromEntries(values),
    source: said.source,
  };
}
