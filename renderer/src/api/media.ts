/** Addresses of bytes. The same in the app (app:// origin) and in a browser. */
export const media = {
  file: (fileId: string) => `/media/files/${fileId}`,
  live: (passId: string, version: number) => `/media/passes/${passId}/live.jpg?v=${version}`,
  thumbnail: (passId: string, index: number) => `/media/passes/${passId}/thumbnails/${index}.jpg`,
  frame: (passId: string, frame: number) => `/media/passes/${passId}/frames/${frame}.png`,
  samples: (passId: string, measures: readonly string[], from: number, to: number, points: number) =>
    `/media/passes/${passId}/samples?${new URLSearchParams({
      measures: measures.join(','),
      from: String(from),
      to: String(to),
      points: String(points),
    })}`,
};

export interface SampleRange {
  frames: number[];
  measures: Record<string, { min: (number | null)[]; mean: (number | null)[]; max: (number | null)[] }>;
}

/** Reads measures of a pass between two frames, thinned to `points` columns of least, mean and greatest. */
export async function readSamples(
  passId: string,
  measures: readonly string[],
  range: { from: number; to: number; points: number },
  signal: AbortSignal,
): Promise<SampleRange> {
  const answer = await fetch(media.samples(passId, measures, range.from, range.to, range.points), { signal });
  if (!answer.ok) throw new Error(`${answer.status} ${(await answer.text()).slice(0, 200)}`);
  return (await answer.json()) as SampleRange;
}
