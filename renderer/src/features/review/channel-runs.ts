/** Channels as they are named beside an event: `1`, `2`, and three or more that follow each other as `1–4`. */
export function channelRuns(channels: readonly number[]): string[] {
  const runs: number[][] = [];
  for (const channel of channels) {
    const last = runs.at(-1);
    if (last?.at(-1) === channel - 1) last.push(channel);
    else runs.push([channel]);
  }
  return runs.flatMap((run) => (run.length > 2 ? [`${run[0]}–${run.at(-1)}`] : run.map(String)));
}
