import { createGrowingColumn, type GrowingColumn } from './growing-column.ts';
import { readNumber } from './plain-number.ts';
import type { XmlVisitor } from './xml-reader.ts';

/** The frames of one stream of a QCTools report. */
export interface QctoolsStream {
  medium: 'video' | 'audio';
  frames: number;
  /** Seconds, on the clock of the file; NaN where the report says none. Doubles, since float32 rounds hours to milliseconds. */
  timesS: number[];
  /** Of one frame, as first said. */
  durationS: number | undefined;
  /** By ffmpeg's key, in the order of their first appearance. */
  columns: Map<string, GrowingColumn>;
  comments: { frame: number; text: string }[];
  width: number | undefined;
  height: number | undefined;
  pixelFormat: string | undefined;
  bitsPerRawSample: number | undefined;
  frameRate: string | undefined;
}

export interface QctoolsReport {
  /** By stream index. */
  streams: Map<number, QctoolsStream>;
  /** What wrote it, as its comment or ffprobe's version says. */
  writer: string | undefined;
  mediaName: string | undefined;
}

/** Beyond these a report is broken: ffmpeg's filters have some hundred keys. */
const mostKeys = 400;
const mostStreams = 64;
const key = /^[\w.:-]{1,80}$/;

/**
 * Takes what stands in a report of QCTools 0.5 to 1.4, or in ffprobe's XML by the same recipe. Values that are no numbers are
 * kept as not measured; keys that no tool writes are left out.
 */
export function createQctoolsVisitor(): XmlVisitor & { report: QctoolsReport } {
  const report: QctoolsReport = { streams: new Map(), writer: undefined, mediaName: undefined };
  let stream: QctoolsStream | undefined;
  let isInFrame = false;

  function openFrame(is: ReadonlyMap<string, string>): void {
    const medium = is.get('media_type');
    stream = undefined;
    if (medium !== 'video' && medium !== 'audio') return;
    // Reports before QCTools 1.0 have no index, and one stream of each kind.
    stream = streamAt(whole(is.get('stream_index')) ?? (medium === 'video' ? 0 : 1), medium);
    if (!stream) return;
    const time = is.get('pkt_pts_time') ?? is.get('pts_time') ?? is.get('pkt_dts_time') ?? '';
    stream.timesS.push(readNumber(time));
    stream.frames++;
    stream.durationS ??= positive(is.get('pkt_duration_time') ?? is.get('duration_time'));
    stream.width ??= whole(is.get('width'));
    stream.height ??= whole(is.get('height'));
    stream.pixelFormat ??= is.get('pix_fmt');
  }

  function streamAt(index: number, medium: QctoolsStream['medium']): QctoolsStream | undefined {
    const known = report.streams.get(index);
    if (known) return known.medium === medium ? known : undefined;
    if (report.streams.size >= mostStreams) return undefined;
    const fresh: QctoolsStream = {
      medium,
      frames: 0,
      timesS: [],
      durationS: undefined,
      columns: new Map(),
      comments: [],
      width: undefined,
      height: undefined,
      pixelFormat: undefined,
      bitsPerRawSample: undefined,
      frameRate: undefined,
    };
    report.streams.set(index, fresh);
    return fresh;
  }

  function addTag(is: ReadonlyMap<string, string>): void {
    const [name, value] = [is.get('key'), is.get('value')];
    if (!stream || name === undefined || value === undefined) return;
    const frame = stream.frames - 1;
    if (name === 'qctools.comment') {
      stream.comments.push({ frame, text: value });
      return;
    }
    let column = stream.columns.get(name);
    if (!column) {
      if (stream.columns.size >= mostKeys || !key.test(name)) return;
      column = createGrowingColumn();
      stream.columns.set(name, column);
    }
    column.set(frame, readNumber(value));
  }

  return {
    report,
    comment(text) {
      if (/QCTools|Helical/.test(text)) report.writer ??= text.trim().slice(0, 200);
    },
    open(name, is) {
      if (name === 'frame') {
        isInFrame = true;
        openFrame(is);
      } else if (name === 'tag') {
        if (isInFrame) addTag(is);
      } else if (name === 'stream') {
        const described = report.streams.get(whole(is.get('index')) ?? -1);
        if (!described) return;
        described.bitsPerRawSample ??= whole(is.get('bits_per_raw_sample'));
        described.frameRate ??= is.get('r_frame_rate') ?? is.get('avg_frame_rate');
        described.pixelFormat ??= is.get('pix_fmt');
      } else if (name === 'format') {
        report.mediaName ??= is.get('filename');
      } else if (name === 'program_version') {
        report.writer ??= `ffprobe ${is.get('version') ?? ''}`.trim();
      }
    },
    close(name) {
      if (name === 'frame') isInFrame = false;
    },
  };
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function positive(text: string | undefined): number | undefined {
  const value = text === undefined ? Number.NaN : readNumber(text);
  return value > 0 && Number.isFinite(value) ? value : undefined;
}
