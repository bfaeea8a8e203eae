/** Measures that are drawn, in this order: light, colour, change, damage, sound. */
const drawn = ['yAvg', 'yMax', 'satAvg', 'yDif', 'tout', 'brng', 'rmsDbfs'] as const;
type DrawnMeasure = (typeof drawn)[number];

export interface Lane {
  /** Column of the sample store. */
  id: string;
  measure: DrawnMeasure;
  channel: number | null;
  unit: string;
}

const units: Record<string, string> = { code: '', share: '', factor: '', degree: '°' };

/** The lanes for what a pass was measured by. */
export function lanesOf(measures: readonly { id: string; unit: string }[]): Lane[] {
  return drawn.flatMap((measure) =>
    measures
      .filter((one) => one.id === measure || one.id.startsWith(`${measure}.`))
      .map((one) => {
        const channel = one.id.split('.')[1];
        return {
          id: one.id,
          measure,
          channel: channel ? Number(channel) : null,
          unit: units[one.unit] ?? one.unit,
        };
      }),
  );
}
