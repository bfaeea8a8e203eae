import { bitDepthOf } from '#shared/domain/bit-depth.ts';
import { formatRational } from '#shared/domain/rational.ts';
import { plainNumber } from './plain-number.ts';
import { sumLanes } from './qctools-sums.ts';
import { type ReportMeasure, type ReportSource, reportKeyOf, secondsOf } from './report-source.ts';
import { samplePieces } from './sample-pieces.ts';

/**
 * A report that QCTools opens: ffprobe's XML with the tags of its filters (QCTools, Docs/data_format.md). What its reader asks
 * for, by Source/Core/{CommonStats,VideoStats,StreamsStats,FormatStats}.cpp:
 * - the root is `ffprobe:ffprobe`, each frame has its own end tag and a `stream_index`
 * - `pkt_pts_time` and `pkt_duration_time`, the names of ffmpeg before 5
 * - keys that it does not know keep the type of their first value, a number without a point being an integer, and must stand
 *   in every frame: what was not measured is `nan` there
 * - the bit depth, by which its graphs are scaled, stands with the streams; sizes over 2^31 stop it, so that none is given
 * What ffprobe.xsd asks for stands there too: but for the older names it is valid by the schema that comes with ffmpeg.
 */
export function* qctoolsReport(source: ReportSource): Generator<string> {
  const { series, picture, measures } = source;
  const hasSound = measures.some(({ medium }) => medium === 'audio');
  const durationS = secondsOf(series, 1).toFixed(7);
  const size = picture ? ` width="${picture.width}" height="${picture.height}"` : '';
  const pixels = picture?.pixelFormat ? ` pix_fmt="${escapeXml(picture.pixelFormat)}"` : '';
  const area = source.measuredArea
    ? ', measured on the active picture: blanking and head switching are left out'
    : '';
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<!-- Written by Helical for QCTools${area} -->\n`;
  yield "<ffprobe:ffprobe xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:ffprobe='http://www.ffmpeg.org/schema/ffprobe' xsi:schemaLocation='http://www.ffmpeg.org/schema/ffprobe ffprobe.xsd'>\n";
  yield '    <frames>\n';
  for (const piece of samplePieces(source)) {
    const [video, audio] = [lanes(source, piece.columns, 'video'), lanes(source, piece.columns, 'audio')];
    for (let at = 0; at < piece.frames; at++) {
      const frame = piece.from + at;
      const times = `key_frame="1" pkt_pts="${frame}" pkt_pts_time="${secondsOf(series, frame).toFixed(7)}" pkt_duration_time="${durationS}"`;
      yield `        <frame media_type="video" stream_index="0" ${times}${size}${pixels} pict_type="I">\n${tags(video, at)}        </frame>\n`;
      if (hasSound) {
        yield `        <frame media_type="audio" stream_index="1" ${times}>\n${tags(audio, at)}        </frame>\n`;
      }
    }
  }
  yield '    </frames>\n';
  yield streamsOf(source, hasSound);
  yield `    <format filename="${escapeXml(source.fileName)}" nb_streams="${hasSound ? 2 : 1}" nb_programs="0" format_name="unknown" start_time="0.000000" duration="${secondsOf(series, series.frames).toFixed(6)}"/>\n`;
  yield '</ffprobe:ffprobe>\n';
}

interface TagLane {
  head: string;
  value(at: number): number;
  isKnown: boolean;
}

/** Tags of one medium in a stretch of frames; `columns` are those of the source's measures there. */
function lanes(
  source: ReportSource,
  columns: readonly Float32Array[],
  medium: ReportMeasure['medium'],
): TagLane[] {
  const measured = source.measures.flatMap(({ id, key, medium: own }, place): TagLane[] => {
    const column = columns[place];
    if (own !== medium || !column) return [];
    const isKnown = key?.startsWith('lavfi.signalstats.') ?? false;
    return [{ head: headOf(reportKeyOf({ id, key })), value: (at) => column[at] as number, isKnown }];
  });
  const written = new Set(source.measures.map(reportKeyOf));
  const sums = sumLanes(source, columns)
    .filter((lane) => lane.medium === medium && !written.has(lane.key))
    .map(({ key, value }): TagLane => ({ head: headOf(key), value, isKnown: false }));
  return [...measured, ...sums];
}

const headOf = (key: string): string => `            <tag key="${escapeXml(key)}" value="`;

function tags(all: readonly TagLane[], at: number): string {
  let text = '';
  for (const { head, value: valueAt, isKnown } of all) {
    const value = valueAt(at);
    if (isKnown && Number.isNaN(value)) continue;
    text += `${head}${plainNumber(value, isKnown ? 0 : 1)}"/>\n`;
  }
  return text;
}

function streamsOf({ series, picture }: ReportSource, hasSound: boolean): string {
  const rate = formatRational(series.frameRate);
  const size = picture ? ` width="${picture.width}" height="${picture.height}"` : '';
  const pixels = picture?.pixelFormat ? ` pix_fmt="${escapeXml(picture.pixelFormat)}"` : '';
  const bits = picture?.pixelFormat ? bitDepthOf(picture.pixelFormat) : series.bitDepth;
  // Packets are counted in frames, sound's too. No tag: as ffprobe says it of Matroska.
  const common = `codec_tag="0x0000" codec_tag_string="[0][0][0][0]" time_base="${series.frameRate.den}/${series.frameRate.num}"`;
  const video = `        <stream index="0" codec_type="video" ${common} bits_per_raw_sample="${bits}"${size}${pixels} r_frame_rate="${rate}" avg_frame_rate="${rate}" start_time="0.000000"/>\n`;
  const audio = `        <stream index="1" codec_type="audio" ${common} channels="${series.channels}" r_frame_rate="0/0" avg_frame_rate="0/0" start_time="0.000000"/>\n`;
  return `    <streams>\n${video}${hasSound ? audio : ''}    </streams>\n`;
}

/** Text for an attribute between double quotes. XML 1.0 has no control characters but tab and line ends: they are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
