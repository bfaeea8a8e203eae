import type { DrawnLane } from '#shared/domain/drawn-samples.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { messages } from '#shared/i18n/messages.ts';
import { graphLeft, graphWidth, placeOf, round, timeLabels } from './html-axis.ts';
import { escapeHtml, figure, filled } from './html-text.ts';
import type { ReportSource } from './report-source.ts';

const bandHeight = 9;
/** Steps of darkness, each a quarter of the most that there is: print tells no more apart. */
const steps = 4;

/**
 * The bands of a picture as rows over the time, from top to bottom, the darker the more lines are damaged there: twelve curves on each other
 * cannot be told apart. What is drawn of a piece is its worst frame.
 */
export function bandGraph(
  { series }: ReportSource,
  language: ReportLanguage,
  { title, lanes, starts }: { title: string; lanes: readonly DrawnLane[]; starts: Uint32Array },
): string {
  const most = Math.max(...lanes.map(({ max }) => greatestOf(max)));
  const rows = lanes.map(({ max }, row) => {
    const top = row * bandHeight;
    const cells = runsOf(max, most).map(([from, to, step]) => {
      const left = placeOf(series, starts[from] ?? 0);
      const right = placeOf(series, starts[to + 1] ?? series.frames);
      return `<rect class="b${step}" x="${round(left)}" y="${top}" width="${round(Math.max(1, right - left))}" height="${bandHeight}"/>`;
    });
    return `<text x="${graphLeft - 4}" y="${top + bandHeight - 1}" text-anchor="end">${row + 1}</text>${cells.join('')}`;
  });
  const foot = lanes.length * bandHeight;
  const frame = `<rect class="grid" fill="none" x="${graphLeft}" y="0" width="${graphWidth - graphLeft}" height="${foot}"/>`;
  const key = filled(messages[language].qc.report.bandsKey, { most: figure(language, most) });
  return `<figure class="bands"><figcaption>${escapeHtml(title)} <small>${escapeHtml(key)}</small></figcaption>
<svg viewBox="0 0 ${graphWidth} ${foot + 14}" role="img" aria-label="${escapeHtml(title)}">${frame}${rows.join('')}${timeLabels(series, foot + 12)}</svg></figure>\n`;
}

function greatestOf(values: Float32Array): number {
  let greatest = 0;
  // Where nothing was measured there is no number.
  for (const value of values) if (value > greatest) greatest = value;
  return greatest;
}

/** Pieces in a row of one darkness: first, last, step. What is whole is not drawn. */
function runsOf(values: Float32Array, most: number): [number, number, number][] {
  const runs: [number, number, number][] = [];
  for (const [at, value] of values.entries()) {
    if (!(value > 0)) continue;
    const step = Math.min(steps, Math.ceil((steps * value) / most));
    const last = runs.at(-1);
    if (last && last[1] === at - 1 && last[2] === step) last[1] = at;
    else runs.push([at, at, step]);
  }
  return runs;
}
