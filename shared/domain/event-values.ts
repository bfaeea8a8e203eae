/** The plain values of an event's payload, which fill its sentence; lists are given by their length. */
export function eventValues(payload: Record<string, unknown>): Record<string, string | number> {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(payload)) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = value;
    else if (Array.isArray(value)) values[name] = value.length;
    else if (typeof value === 'boolean') values[name] = String(value);
  }
  return values;
}
