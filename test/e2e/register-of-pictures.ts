import type { HelicalClient } from '#hosts/attach.ts';

type Description = Parameters<HelicalClient['tapes']['register']>[0];

/** A shelf of tapes, made up, for the pictures. */
export const theRegister: readonly Description[] = (
  [
    ['VT-1971-004', 'Horizon, Twice', 'Anna Verbeeck', 'halfinchvideotape', 'poor'],
    ['VT-1973-012', 'Room with a Monitor', 'Jonas Dehaene', 'halfinchvideotape', 'fair'],
    ['VT-1974-030', 'Crossing the Line (rehearsal)', 'Mireille Aubert', 'umatic', 'fair'],
    ['VT-1974-031', 'Crossing the Line', 'Mireille Aubert', 'umatic', 'fair'],
    ['VT-1976-008', 'Nine Minutes of Rain', 'Mireille Aubert', 'umatic', 'good'],
    ['VT-1979-101', 'Test Signal for Two Dancers', 'Collectief Tegenlicht', 'umaticsp', 'good'],
    ['VT-1983-017', 'Interview in a Lift', 'Jonas Dehaene', 'standardvhs', 'fair'],
    ['VT-1986-055', 'De Overkant', 'Collectief Tegenlicht', 'betacamsp', 'good'],
    ['VT-1991-002', 'Feedback Garden', 'Anna Verbeeck', 'hi8', 'unknown'],
  ] as const
).map(([identifier, title, artist, format, condition]) => ({
  identifier,
  title,
  artist,
  format,
  condition,
  standard: 'PAL',
}));
