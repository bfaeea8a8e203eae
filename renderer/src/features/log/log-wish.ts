/** What somebody wants to see of the log; an empty text leaves it open. Days are those of this computer's clock, `YYYY-MM-DD`. */
export interface LogWish {
  tape: string;
  person: string;
  device: string;
  type: string;
  fromDay: string;
  untilDay: string;
}

export const everything: LogWish = {
  ...{ tape: '', person: '', device: '', type: '', fromDay: '', untilDay: '' },
};

/** The wish as the engine takes it: what is left open is left out, both days are whole. */
export function filterOf({ fromDay, untilDay, ...named }: LogWish) {
  const from = startOfDay(fromDay, 0);
  const to = startOfDay(untilDay, 1);
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== '')),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** UTC ISO 8601 of the local midnight, some days on; undefined for no day, and for one that is still being typed. */
function startOfDay(day: string, daysOn: number): string | undefined {
  const midnight = new Date(`${day}T00:00:00`);
  if (day === '' || Number.isNaN(midnight.getTime())) return undefined;
  midnight.setDate(midnight.getDate() + daysOn);
  return midnight.toISOString();
}
