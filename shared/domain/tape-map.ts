/** The tape map: each field of the picture in so many bands from top to bottom. */
export const mapBands = 12;

/** Fields as rows of the picture hold them, whichever is played first: the upper one has lines 1, 3, 5… */
export const mapFields = ['upper', 'lower'] as const;
export type MapField = (typeof mapFields)[number];

/** What a map shows of each band: its damaged lines, or its mean luma. */
export const mapSubjects = ['damaged', 'luma'] as const;
export type MapSubject = (typeof mapSubjects)[number];

const fieldWords = { upper: 'Upper', lower: 'Lower' } as const;

/** The column of a sample store that holds a band, counted from 0 at the top: `damagedUpper1`. */
export function mapColumn(subject: MapSubject, field: MapField, band: number): string {
  return `${subject}${fieldWords[field]}${band + 1}`;
}

/** The columns of one field, from top to bottom. */
export function mapColumns(subject: MapSubject, field: MapField): string[] {
  return Array.from({ length: mapBands }, (_, band) => mapColumn(subject, field, band));
}

/** What a column of the map holds; undefined for any other. `band` counts from 1, as its name does. */
export function mapPlaceOf(
  column: string,
): { subject: MapSubject; field: MapField; band: number } | undefined {
  const [, subject, field, band] = /^(damaged|luma)(Upper|Lower)(\d+)$/.exec(column) ?? [];
  if (!subject || !field) return undefined;
  return {
    subject: subject === 'luma' ? 'luma' : 'damaged',
    field: field === 'Upper' ? 'upper' : 'lower',
    band: Number(band),
  };
}
