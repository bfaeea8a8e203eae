/**
 * Escapes a value for use as one option of a filter in a filter graph, such as a file name in `metadata=print:file=…`.
 * Two rounds of ffmpeg's quoting are undone on the way in: the option list (`:`) and the graph (`[],;`);
 * see "Notes on filtergraph escaping" in ffmpeg-filters(1). White space is escaped since ffmpeg trims it at the ends.
 */
export function escapeFilterValue(value: string): string {
  const asOption = value.replace(/[\\':\s]/g, '\\$&');
  return asOption.replace(/[\\'[\],;\s]/g, '\\$&');
}

/** Writes one filter: `filterText('scale', { w: 768, h: 576 })` is `scale=w=768:h=576`. Values are escaped. */
export function filterText(name: string, options: Readonly<Record<string, string | number>> = {}): string {
  const written = Object.entries(options).map(([key, value]) => `${key}=${escapeFilterValue(String(value))}`);
  return written.length === 0 ? name : `${name}=${written.join(':')}`;
}
