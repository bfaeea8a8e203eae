/** What one line of a recorder's log says of its source, whatever card it is. */
export type RecorderRemark =
  /** The guard of the recorder's graph (recorder-arguments.ts) met a picture of another height or width and ended the recorder. */
  | { kind: 'raster-changed' }
  /** A packet came that is no frame: it is not in the master. */
  | { kind: 'undecodable' }
  /** The stream between packets was damaged, and what was hit is left out. */
  | { kind: 'damaged-stream' }
  /** Reading from the source failed, in the system's words: the device, or the way to it, is gone. */
  | { kind: 'input-lost'; detail: string }
  /** A signal ended the recorder, whoever sent it; it closed its files all the same. */
  | { kind: 'ended-by-signal'; signal: number };

/** `[v210 @ 0x55] [error] packet too small`, `[vist#0:0/v210 @ 0x55] [dec:v210 @ 0x56] [error] …`: contexts, level, words. */
const lineShape = /^((?:\[[^\]]*\] )*)\[(error|fatal|warning|panic)\] (.*)$/;

/** `[info] Exiting normally, received signal 15.` (fftools/ffmpeg.c, ffmpeg_cleanup) */
const signalShape = /^\[info\] Exiting normally, received signal (\d+)\.\s*$/;

/** The system's words for a device that is not there any more (ECONNRESET, ENODEV, ENXIO, EIO, EPIPE of a reader). */
const lostWords = /: (Connection reset by peer|No such device(?: or address)?|Input\/output error)$/;
/** The same words may be about the disk: these say that it was the writing that failed. */
const ofWriting = /\b(?:writing|muxing|trailer|av_interleaved_write_frame)\b/i;

/**
 * Reads one line of a log written with `-loglevel level+info`. Pure. Seen in ffmpeg 5.1; the forms of 6.1, 7.1 and 8 are as their
 * sources are remembered (fftools/ffmpeg_dec.c, ffmpeg_demux.c; libavfilter/vf_crop.c) and wait for a run of each.
 */
export function readRecorderLogLine(line: string): RecorderRemark | undefined {
  const signal = signalShape.exec(line)?.[1];
  if (signal !== undefined) return { kind: 'ended-by-signal', signal: Number(signal) };
  const [, contexts = '', , words = ''] = lineShape.exec(line.trimEnd()) ?? [];
  if (words === '') return undefined;
  if (words.startsWith('Invalid too big or non positive size for width') && contexts.includes('crop')) {
    return { kind: 'raster-changed' };
  }
  // Up to 6.0 the stream is named; from 6.1 on the decoder speaks in its own context.
  if (/^(?:Error while decoding stream|Error submitting packet to decoder|Decoding error)/.test(words)) {
    return { kind: 'undecodable' };
  }
  if (
    /^0x[0-9A-F]+ at pos \d+ .* invalid as first byte of an EBML number$/i.test(words) ||
    words.includes('corrupt input packet')
  ) {
    return { kind: 'damaged-stream' };
  }
  const detail =
    ofWriting.test(words) || /\[(?:mux|out)#/.test(contexts) ? undefined : lostWords.exec(words)?.[1];
  return detail === undefined ? undefined : { kind: 'input-lost', detail };
}
