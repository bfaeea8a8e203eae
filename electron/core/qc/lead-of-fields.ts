import { framesBeside, sideFrames } from './even-motion.ts';
import type { Series } from './series.ts';

/** Own: of the lead of fields on both sides, where motion of fields shows plainly. */
const leastPlainLead = 0.25;

/** The lead of the fields against that of the frames beside; NaN where those tell none. */
export function leadAgainst(series: Series, frame: number): number {
  const lead = series.column('fieldLead');
  const beside = (Math.abs(lead[frame - 1] as number) + Math.abs(lead[frame + 1] as number)) / 2;
  return beside >= 0.15 ? Math.abs(lead[frame] as number) / beside : Number.NaN;
}

/** Whether the fields of one side, before a frame or behind it, show plainly that something moves. */
export function leadIsPlain(series: Series, frame: number): boolean {
  const lead = series.column('fieldLead');
  const isPlain = (near: number) => Math.abs(lead[near] as number) >= leastPlainLead;
  const beside = framesBeside(frame);
  return beside.slice(0, sideFrames).every(isPlain) || beside.slice(sideFrames).every(isPlain);
}

/**
 * Whether the fields, which tell their order plainly and alike on both sides, tell nothing at all at this frame: both of its fields are far from
 * those before. Pictures that stumble (a zoom in whole pixels) keep their lead.
 */
export function leadIsLost(series: Series, frame: number, most: number): boolean {
  const lead = series.column('fieldLead');
  const beside = [-2, -1, 1, 2].map((offset) => lead[frame + offset] as number);
  const [least, largest] = [Math.min(...beside), Math.max(...beside)];
  const weakest = least > 0 ? least : -largest;
  const strongest = least > 0 ? largest : -least;
  return (
    weakest >= leastPlainLead &&
    strongest <= 1.5 * weakest &&
    Math.abs(lead[frame] as number) <= most * weakest
  );
}
