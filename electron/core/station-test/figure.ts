import type { CertificateFigure } from '#shared/domain/certificate.ts';
import type { SealCheck } from '#shared/domain/pass.ts';

/** A figure of the test, found or not, with what is asked of it. */
export interface Figure {
  id: string;
  /** Undefined where the recording does not show it. */
  value: number | undefined;
  unit: string;
  least?: number;
  most?: number;
  /** Where the limits come from. */
  source: string;
  /** False: a test may be good without it. */
  isRequired?: boolean;
  /** Why it may not be found, and what to do. */
  missing: string;
  /** What it means when it is outside its limits. */
  wrong: string;
}

/** The figures that were found, as a certificate keeps them. */
export function foundFigures(figures: readonly Figure[]): CertificateFigure[] {
  return figures.flatMap(({ id, value, unit, least, most, source }) =>
    value === undefined
      ? []
      : [
          {
            id,
            value: rounded(value),
            unit,
            ...(least === undefined ? {} : { least: rounded(least) }),
            ...(most === undefined ? {} : { most: rounded(most) }),
            source,
          },
        ],
  );
}

/** A check for each figure that has limits or was not found. */
export function figureChecks(figures: readonly Figure[]): SealCheck[] {
  return figures.flatMap((figure) => {
    const { id, value, least, most, isRequired = true } = figure;
    if (value === undefined) {
      return [
        {
          id,
          ok: !isRequired,
          expected: expectation(figure),
          measured: 'not measured',
          message: figure.missing,
        },
      ];
    }
    if (least === undefined && most === undefined) return [];
    const ok = value >= (least ?? value) && value <= (most ?? value);
    const measured = wordFigure(value, figure.unit);
    return [{ id, ok, expected: expectation(figure), measured, message: ok ? '' : figure.wrong }];
  });
}

function expectation({ least, most, unit }: Figure): string {
  if (least !== undefined && most !== undefined) {
    return least === most ? wordFigure(least, unit) : `${rounded(least)} to ${wordFigure(most, unit)}`;
  }
  if (least !== undefined) return `at least ${wordFigure(least, unit)}`;
  return most === undefined ? 'to be found' : `at most ${wordFigure(most, unit)}`;
}

function wordFigure(value: number, unit: string): string {
  return `${rounded(value)} ${unit}`.trim();
}

/** Three decimals: finer than any of these instruments. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}
