import { bitDepthOf } from '#shared/domain/bit-depth.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { parseRational, type Rational, rational, toNumber } from '#shared/domain/rational.ts';
import { measuresFor } from '../every-measure.ts';
import type { Series } from '../series.ts';
import type { QctoolsReport, QctoolsStream } from './qctools-reader.ts';
import { type ReportMeasure, type ReportPicture, reportKeyOf } from './report-source.ts';

/**
 * A QCTools report as samples, a row for each frame of its first video stream. Sound has frames of its own length there: each
 * picture takes the largest value of every audio frame that overlaps it, and of what is the smallest of something, the smallest. HelicalError FILE_UNREADABLE without any picture.
 */
export function qctoolsSeries(
  report: QctoolsReport,
  where: string,
): { series: Series; measures: ReportMeasure[]; picture: ReportPicture | undefined } {
  const streams = [...report.streams.values()];
  const video = streams.find(({ medium }) => medium === 'video');
  if (!video) {
    throw new HelicalError('FILE_UNREADABLE', {
      problem: `${where} holds no frame of a picture.`,
      safe: 'The file was not changed.',
      remedy: 'Make the report again with QCTools, from a file with video.',
    });
  }
  const frameRate = frameRateOf(video);
  const columns = new Map<string, Float32Array>();
  for (const [key, column] of video.columns) columns.set(key, column.take(video.frames));
  // Sound of a second audio stream would take the names of the first: its channels are counted from 1 too.
  const audio = streams.find(({ medium }) => medium === 'audio');
  if (audio) for (const [key, column] of perPicture(video, audio, frameRate)) columns.set(key, column);
  const channels = channelsOf(columns.keys());
  const known = new Map(measuresFor(channels).map((measure) => [reportKeyOf(measure), measure]));
  const measures = [...columns.keys()].map((key): ReportMeasure => {
    const medium = video.columns.has(key) ? 'video' : 'audio';
    const ours = known.get(key);
    return ours
      ? { id: ours.id, medium, unit: ours.unit, key: ours.key }
      : { id: key, medium, unit: '', key };
  });
  const byId = new Map(
    measures.map((measure) => [measure.id, columns.get(reportKeyOf(measure)) as Float32Array]),
  );
  const { width, height, pixelFormat } = video;
  const series: Series = {
    frames: video.frames,
    frameRate,
    bitDepth: depthOf(video),
    channels,
    standard: height === 576 ? 'PAL' : height === 480 || height === 486 ? 'NTSC' : 'other',
    column: (id) => byId.get(id) ?? new Float32Array(video.frames).fill(Number.NaN),
  };
  return { series, measures, picture: width && height ? { width, height, pixelFormat } : undefined };
}

const usualRates = [
  rational(24000, 1001),
  24,
  25,
  rational(30000, 1001),
  30,
  50,
  rational(60000, 1001),
  60,
].map((rate) => (typeof rate === 'number' ? rational(rate) : rate));

/** As the stream says; else by the length of a frame, rounded to the rate in use that is within a thousandth of it. */
function frameRateOf({ frameRate, durationS, timesS, frames }: QctoolsStream): Rational {
  const said = frameRate === undefined ? undefined : parseRational(frameRate);
  if (said && said.num > 0 && toNumber(said) <= 1000) return said;
  const first = timesS[0] ?? Number.NaN;
  const span = ((timesS.at(-1) ?? Number.NaN) - first) / (frames - 1);
  const oneS = durationS ?? (span > 0 && Number.isFinite(span) ? span : 0.04);
  const usual = usualRates.find((rate) => Math.abs(toNumber(rate) * oneS - 1) < 0.0005);
  return usual ?? rational(Math.min(1_000_000, Math.max(1, Math.round(1000 / oneS))), 1000);
}

function depthOf(video: QctoolsStream): number {
  const { bitsPerRawSample, pixelFormat, columns, frames } = video;
  if (bitsPerRawSample !== undefined && bitsPerRawSample >= 8 && bitsPerRawSample <= 16)
    return bitsPerRawSample;
  if (pixelFormat !== undefined) return bitDepthOf(pixelFormat);
  const highest = columns.get('lavfi.signalstats.YMAX')?.take(frames) ?? [];
  return highest.some((value) => value > 255) ? 10 : 8;
}

function channelsOf(keys: Iterable<string>): number {
  let channels = 0;
  for (const name of keys) {
    const channel = Number(/^lavfi\.astats\.(\d{1,2})\./.exec(name)?.[1] ?? 0);
    if (channel > channels) channels = channel;
  }
  return channels;
}

function perPicture(video: QctoolsStream, audio: QctoolsStream, rate: Rational): Map<string, Float32Array> {
  const fps = toNumber(rate);
  const startS = Number.isFinite(video.timesS[0]) ? (video.timesS[0] as number) : 0;
  const toleranceS = 0.002;
  // An audio frame is a second at most: times that jump must not make every frame reach over the whole tape.
  const longestPictures = Math.ceil(fps);
  const spans = Array.from({ length: audio.frames }, (_, at) => {
    const fromS = (audio.timesS[at] as number) - startS;
    const toS =
      at + 1 < audio.frames ? (audio.timesS[at + 1] as number) - startS : fromS + (audio.durationS ?? 0);
    const first = Math.max(0, Math.floor((fromS + toleranceS) * fps));
    const last = Math.max(first, Math.ceil((toS - toleranceS) * fps) - 1);
    return [first, Math.min(video.frames - 1, first + longestPictures, last)] as const;
  });
  const found = new Map<string, Float32Array>();
  for (const [key, column] of audio.columns) {
    const values = column.take(audio.frames);
    const isLeast = /\.(?:Min_\w+|RMS_trough)$/.test(key);
    const pictures = new Float32Array(video.frames).fill(Number.NaN);
    for (const [at, [first, last]] of spans.entries()) {
      const value = values[at] as number;
      for (let frame = first; frame <= last; frame++) {
        const before = pictures[frame] as number;
        if (Number.isNaN(before) || (isLeast ? value < before : value > before)) pictures[frame] = value;
      }
    }
    found.set(key, pictures);
  }
  return found;
}
