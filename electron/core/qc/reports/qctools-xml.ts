import { bitDepthOf } from '#shared/domain/bit-depth.ts';
import { formatRational } from '#shared/domain/rational.ts';
import { plainNumber } from './plain-number.ts';
import { type ReportMeasure, type ReportSource, reportKeyOf, secondsOf } from './report-source.ts';

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
  const { series, picture } = source;
  const video = lanes(source, 'video');
  const audio = lanes(source, 'audio');
  const durationS = secondsOf(series, 1).toFixed(7);
  const size = picture ? ` width="${picture.width}" height="${picture.height}"` : '';
  const pixels = picture?.pixelFormat ? ` pix_fmt="${escapeXml(picture.pixelFormat)}"` : '';
  const area = source.measuredArea
    ? ', measured on the active picture: blanking and head switching are left out'
    : '';
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<!-- Written by Helical for QCTools${area} -->\n`;
  yield "<ffprobe:ffprobe xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:ffprobe='http://www.ffmpeg.org/schema/ffprobe' xsi:schemaLocation='http://www.ffmpeg.org/schema/ffprobe ffprobe.xsd'>\n";
  yield '    <frames>\n';
  for (let frame = 0; frame < series.frames; frame++) {
    const times = `key_frame="1" pkt_pts="${frame}" pkt_pts_time="${secondsOf(series, frame).toFixed(7)}" pkt_duration_time="${durationS}"`;
    yield `        <frame media_type="video" stream_index="0" ${times}${size}${pixels} pict_type="I">\n${tags(video, frame)}        </frame>\n`;
    if (audio.length > 0) {
      yield `        <frame media_type="audio" stream_index="1" ${times}>\n${tags(audio, frame)}        </frame>\n`;
    }
  }
  yield '    </frames>\n';
  yield streamsOf(source, audio.length > 0);
  yield `    <format filename="${escapeXml(source.fileName)}" nb_streams="${audio.length > 0 ? 2 : 1}" nb_programs="0" format_name="unknown" start_time="0.000000" duration="${secondsOf(series, series.frames).toFixed(6)}"/>\n`;
  yield '</ffprobe:ffprobe>\n';
}

interface TagLane {
  head: string;
  column: Float32Array;
  isKnown: boolean;
}

function lanes({ series, measures }: ReportSource, medium: ReportMeasure['medium']): TagLane[] {
  return measures
    .filter((measure) => measure.medium === medium)
    .map(({ id, key }) => ({
      head: `            <tag key="${escapeXml(reportKeyOf({ id, key }))}" value="`,
      column: series.column(id),
      isKnown: key?.startsWith('lavfi.signalstats.') ?? false,
    }));
}

function tags(all: readonly TagLane[], frame: number): string {
  let text = '';
  for (const { head, column, isKnown } of all) {
    const value = column[frame] as number;
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
