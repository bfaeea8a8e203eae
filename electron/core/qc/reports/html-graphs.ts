import type { DrawnLane } from '#shared/domain/drawn-samples.ts';
import { isOfFile, isSetAside, type QcEvent } from '#shared/domain/qc.ts';
import type { ReportLanguage } from '#shared/domain/qc-report.ts';
import { mapBands, mapColumns, mapPlaceOf } from '#shared/domain/tape-map.ts';
import { messages } from '#shared/i18n/messages.ts';
import { sampleWindow } from '../sample-window.ts';
import { onScaleOf } from '../series.ts';
import { sentence } from './event-words.ts';
import { graphLeft, graphWidth, placeOf, round, timeLabels } from './html-axis.ts';
import { bandGraph } from './html-bands.ts';
import { channelOf, escapeHtml, figure, filled, measureWords, valueWords } from './html-text.ts';
import type { ReportMeasure, ReportSource } from './report-source.ts';

const [width, height, left, bottom] = [graphWidth, 130, graphLeft, 18];
/** Pieces across a page: more than a printer shows. Smallest and largest of each are drawn. */
const pieces = 954;

/** Measures that go from the lowest to the highest code there is. */
const fullScale = /^[yuv](?:Min|Low|Avg|High|Max)$/;

interface Group {
  title: string;
  measures: ReportMeasure[];
}

/** Measures whose graphs stand first on the page: with brightness, colour, damage and the level of each channel a tape is read. */
const first = /^(yAvg|satAvg|damagedLines\w*1|peakDbfs\.\d+)$/;

/**
 * Graphs of the measures, drawn as SVG: those that belong together share one, all others have their own. `first` are the few that
 * a reader looks at before all others.
 */
export function* graphs(
  source: ReportSource,
  language: ReportLanguage,
  which: 'first' | 'others',
): Generator<string> {
  const { series } = source;
  if (series.frames === 0) return;
  for (const { title, measures } of groupsOf(source, language)) {
    const isFirst = measures.some(({ id }) => first.test(id));
    if (isFirst !== (which === 'first')) continue;
    const found = sampleWindow(series, {
      measures: measures.map(({ id }) => id),
      from: 0,
      to: series.frames - 1,
      points: pieces,
    });
    const lanes = measures.map(({ id }) => found.measures.get(id) as DrawnLane);
    if (lanes.every((lane) => lane.mean.every(Number.isNaN))) continue;
    const drawn = { title, measures, lanes, starts: found.frames };
    yield measures.every(({ id }) => isBand(id)) && measures.length > 1
      ? bandGraph(source, language, drawn)
      : graph(source, language, drawn);
  }
}

const together: readonly (readonly [words: string, ids: readonly string[]])[] = [
  ['luma', ['yMin', 'yLow', 'yAvg', 'yHigh', 'yMax']],
  ['u', ['uMin', 'uLow', 'uAvg', 'uHigh', 'uMax']],
  ['v', ['vMin', 'vLow', 'vAvg', 'vHigh', 'vMax']],
  ['saturation', ['satMin', 'satLow', 'satAvg', 'satHigh', 'satMax']],
  ['change', ['yDif', 'uDif', 'vDif']],
  ['fields', ['upperTexture', 'lowerTexture']],
  ['mapUpper', mapColumns('damaged', 'upper')],
  ['mapLower', mapColumns('damaged', 'lower')],
  // Of stores that were written before fields were told apart.
  ['map', Array.from({ length: mapBands }, (_, band) => `damagedLines${band + 1}`)],
];

/** Of a band of the picture; stores of before fields were told apart have them together. */
function isBand(id: string): boolean {
  return mapPlaceOf(id)?.subject === 'damaged' || /^damagedLines\d+$/.test(id);
}

function groupsOf({ measures }: ReportSource, language: ReportLanguage): Group[] {
  const words = messages[language].qc.report.group;
  // Luma of bands is a picture in the review room; as two dozen lines that follow the scene it says no more than the mean does.
  const drawn = measures.filter(({ id }) => mapPlaceOf(id)?.subject !== 'luma');
  const byId = new Map(drawn.map((measure) => [measure.id, measure]));
  const groups: Group[] = [];
  const take = (title: string, ids: readonly string[]) => {
    const own = ids.flatMap((id) => byId.get(id) ?? []);
    for (const { id } of own) byId.delete(id);
    if (own.length > 0) groups.push({ title, measures: own });
  };
  for (const [name, ids] of together) take(sentence(language, `qc.report.group.${name}`) ?? name, ids);
  for (const { id } of measures.filter(({ medium }) => medium === 'video')) {
    if (byId.has(id)) take(measureWords(language, { id }), [id]);
  }
  for (const { id } of measures) {
    const channel = channelOf(id);
    if (!byId.has(id)) continue;
    if (channel === undefined) take(id, [id]);
    else if (/^(peak|rms)Dbfs/.test(id)) {
      take(filled(words.sound, { channel }), [`peakDbfs.${channel}`, `rmsDbfs.${channel}`]);
    } else if (id.startsWith('flatFactor')) take(filled(words.flat, { channel }), [id]);
    else take(`${measureWords(language, { id })} (${messages[language].qc.report.channel} ${channel})`, [id]);
  }
  return groups;
}

interface Drawn extends Group {
  lanes: readonly DrawnLane[];
  starts: Uint32Array;
}

function graph(
  source: ReportSource,
  language: ReportLanguage,
  { title, measures, lanes, starts }: Drawn,
): string {
  const { series } = source;
  const [low, high] = scaleOf(source, measures, lanes);
  const x = (frame: number) => placeOf(series, frame);
  const y = (value: number) =>
    (height - bottom) * (1 - (Math.min(high, Math.max(low, value)) - low) / (high - low)) + 4;
  const shapes = lanes.map((lane, at) => {
    const hue = `l${lanes.length === 1 ? 2 : at % 5}`;
    return runsOf(lane)
      .map(([from, to]) => {
        const xs = Array.from(starts.subarray(from, to + 1), x);
        // The last piece reaches to where the next begins.
        const endX = x(starts[to + 1] ?? series.frames);
        const edge = (values: Float32Array) =>
          xs.map((at, index) => `${round(at)},${round(y(values[from + index] as number))}`);
        const last = (values: Float32Array) => `${round(endX)},${round(y(values[to] as number))}`;
        const upper = [...edge(lane.max), last(lane.max)];
        const lower = [...edge(lane.min), last(lane.min)].reverse();
        return (
          `<polygon class="${hue}" points="${upper.concat(lower).join(' ')}"/>` +
          `<polyline class="${hue}" points="${[...edge(lane.mean), last(lane.mean)].join(' ')}"/>`
        );
      })
      .join('');
  });
  const marks = eventsOf(source, measures).map(
    ({ startFrame, endFrame, severity }) =>
      `<rect class="${severity}" x="${round(x(startFrame))}" y="4" width="${round(Math.max(1, x(endFrame + 1) - x(startFrame)))}" height="${height - bottom}"/>`,
  );
  const nominal = nominalCodes(source, measures).map(
    (code) =>
      `<line class="nominal" x1="${left}" x2="${width}" y1="${round(y(code))}" y2="${round(y(code))}"/>`,
  );
  const legend =
    measures.length === 1
      ? ''
      : `<p class="legend">${measures.map((one, at) => `<span class="l${at % 5}">${escapeHtml(measureWords(language, one))}</span>`).join(' ')}</p>`;
  return `<figure><figcaption>${escapeHtml(title)} <small>${escapeHtml(unitWords(language, measures[0]))}</small></figcaption>
<svg viewBox="0 0 ${width} ${height + 6}" role="img" aria-label="${escapeHtml(title)}">${marks.join('')}${axes(source, language, measures[0], [low, high], y)}${nominal.join('')}${shapes.join('')}</svg>${legend}</figure>\n`;
}

/** Warnings and faults that a graph can show: those of the picture, or of its channel. Notes would hide the lines. */
function eventsOf({ result }: ReportSource, measures: readonly ReportMeasure[]): QcEvent[] {
  const channels = new Set(measures.map(({ id }) => channelOf(id)));
  return result.events
    .filter((event) => event.severity !== 'info' && !isSetAside(event) && !isOfFile(event))
    .filter((event) => (event.channels ?? [undefined]).some((channel) => channels.has(channel)))
    .slice(0, 500);
}

/** Nominal black and white, and the ends of the colour differences (ITU-R BT.601: 64 to 940, 64 to 960 at 10 bit). */
function nominalCodes({ series }: ReportSource, [first]: readonly ReportMeasure[]): number[] {
  if (first?.unit !== 'code' || !fullScale.test(first.id)) return [];
  return [64, first.id.startsWith('y') ? 940 : 960].map((code) => onScaleOf(series, code));
}

/** Stretches of pieces in which something was measured. */
function runsOf({ mean }: DrawnLane): [number, number][] {
  const runs: [number, number][] = [];
  for (const [at, value] of mean.entries()) {
    if (Number.isNaN(value)) continue;
    const last = runs.at(-1);
    if (last && last[1] === at - 1) last[1] = at;
    else runs.push([at, at]);
  }
  return runs;
}

/** Lowest and highest value of the drawing: the whole scale where there is one, so that a flat line looks flat. */
function scaleOf(
  { series }: ReportSource,
  measures: readonly ReportMeasure[],
  lanes: readonly DrawnLane[],
): [number, number] {
  const values = lanes.flatMap(({ min, max }) => [...min, ...max]).filter((value) => !Number.isNaN(value));
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const smallest = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const [first] = measures;
  if (first?.unit === 'dBFS') return [-90, 0];
  if (first?.unit === 'degree') return [0, 360];
  if (first?.unit === 'code' && fullScale.test(first.id)) return [0, 2 ** series.bitDepth - 1];
  const low = Math.min(0, smallest);
  return [low, largest > low ? largest * 1.05 : low + 1];
}

function axes(
  { series }: ReportSource,
  language: ReportLanguage,
  measure: ReportMeasure | undefined,
  [low, high]: readonly [number, number],
  y: (value: number) => number,
): string {
  const values = [low, (low + high) / 2, high].map(
    (value) =>
      `<line class="grid" x1="${left}" x2="${width}" y1="${round(y(value))}" y2="${round(y(value))}"/><text x="${left - 4}" y="${round(y(value) + 3)}" text-anchor="end">${escapeHtml(measure ? valueWords(language, measure, value) : figure(language, value))}</text>`,
  );
  return values.join('') + timeLabels(series, height + 4);
}

function unitWords(language: ReportLanguage, measure: ReportMeasure | undefined): string {
  return sentence(language, `qc.report.unitName.${measure?.unit ?? ''}`) ?? measure?.unit ?? '';
}
