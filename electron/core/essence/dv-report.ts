import { HelicalError } from '#shared/domain/errors.ts';

/** What is wrong in one frame of a DV stream, as its own blocks say (IEC 61834-2, SMPTE 314M: STA and audio error codes). */
export interface DvFrameReport {
  /** From 0. */
  frame: number;
  /** The tape's own timecode in that frame. */
  timecode: string | undefined;
  /** Video blocks that the deck could not read, by their STA code (2, 4, 6: concealed; 7 and 10 to 15: errors). */
  videoBlocks: ReadonlyMap<number, number>;
  /** Audio blocks with error codes. */
  audioBlocks: number;
  /** Whole pictures or sound that the deck made up: nothing was read. */
  concealed: { video: boolean; audio: boolean };
  /** The timecode, the recording date or the sequence number does not follow the frame before. */
  jumps: boolean;
}

/** Frames that are recorded alike. A change of any of these is a new recording on the tape. */
export interface DvRun {
  frames: number;
  size: string | undefined;
  rate: string | undefined;
  chroma: string | undefined;
  audioRateHz: number | undefined;
  channels: number | undefined;
}

export interface DvReport {
  /** Release of dvrescue. */
  version: string | undefined;
  frames: number;
  runs: DvRun[];
  /** Frames that dvrescue names and that have something wrong. */
  faulty: DvFrameReport[];
  /** Why there is nothing, in dvrescue's word: `not DV`, `no frame received`. */
  problem: string | undefined;
}

/** A tag with its attributes. No attribute holds `<`, so that a cut document costs no more than its length. */
const tag = /<(\/?)([A-Za-z][\w:-]*)((?:\s+[A-Za-z][\w:.-]*="[^"<]*")*)\s*(\/?)>/g;
const attribute = /([A-Za-z][\w:.-]*)="([^"<]*)"/g;

/**
 * Reads the XML of dvrescue (`-x`): https://mediaarea.net/dvrescue, versions 1.1 to 1.2.1, Source/Common/Output_Xml.cpp. Only
 * the first and last frame of a run and those with something to say are listed there. HelicalError FILE_UNREADABLE.
 * @param where names the file in the error.
 */
export function parseDvReport(xml: string, where: string): DvReport {
  const report: DvReport = { version: undefined, frames: 0, runs: [], faulty: [], problem: undefined };
  let isOpen = false;
  let isClosed = false;
  let frame: Draft | undefined;
  let isInSequence = false;
  for (const [, closing, name, text = '', empty] of xml.matchAll(tag)) {
    const is = attributesOf(text);
    if (name === 'dvrescue') {
      if (closing) isClosed = true;
      else isOpen = true;
    }
    if (!isOpen) continue;
    if (name === 'media') report.problem ??= is.get('error');
    if (name === 'frames' && !closing) {
      const run = runOf(is);
      report.runs.push(run);
      report.frames += run.frames;
    }
    if (name === 'dseq') isInSequence = !closing && !empty;
    // Errors are given for each DIF sequence and then for the whole frame: the whole is what counts.
    if (frame && !isInSequence && !closing) addErrors(frame, name ?? '', is);
    if (name === 'frame' && !closing) frame = draftOf(is);
    if (name === 'frame' && (closing || empty)) {
      if (frame && isFaulty(frame)) report.faulty.push(frame);
      frame = undefined;
      isInSequence = false;
    }
  }
  if (!isOpen || !isClosed) {
    throw new HelicalError('FILE_UNREADABLE', {
      problem: `${where} is not a whole report of dvrescue.`,
      safe: 'The recording itself is not touched by it.',
      remedy: 'Make the report again from the master.',
    });
  }
  report.version = /<version>([^<]{1,80})<\/version>/.exec(xml)?.[1];
  return report;
}

/** A frame while its errors are counted. */
interface Draft extends DvFrameReport {
  videoBlocks: Map<number, number>;
}

function draftOf(is: ReadonlyMap<string, string>): Draft | undefined {
  const frame = whole(is.get('n'));
  if (frame === undefined) return undefined;
  const both = is.get('full_conceal') === '1';
  return {
    frame,
    timecode: is.get('tc'),
    videoBlocks: new Map(),
    audioBlocks: 0,
    concealed: {
      video: both || is.get('full_conceal_vid') === '1',
      audio: both || is.get('full_conceal_aud') === '1',
    },
    jumps: ['tc_nc', 'rdt_nc', 'seqn_nc', 'abst_nc'].some((name) => is.has(name)),
  };
}

function addErrors(frame: Draft, name: string, is: ReadonlyMap<string, string>): void {
  const count = whole(is.get('n'));
  if (count === undefined) return;
  if (name === 'aud') frame.audioBlocks += count;
  const code = whole(is.get('t'));
  if (name === 'sta' && code !== undefined && code <= 15) {
    frame.videoBlocks.set(code, (frame.videoBlocks.get(code) ?? 0) + count);
  }
}

function isFaulty({ videoBlocks, audioBlocks, concealed, jumps }: DvFrameReport): boolean {
  return videoBlocks.size > 0 || audioBlocks > 0 || concealed.video || concealed.audio || jumps;
}

function runOf(is: ReadonlyMap<string, string>): DvRun {
  return {
    frames: whole(is.get('count')) ?? 0,
    size: is.get('size'),
    rate: is.get('video_rate'),
    chroma: is.get('chroma_subsampling'),
    audioRateHz: whole(is.get('audio_rate')),
    channels: whole(is.get('channels')),
  };
}

/** A count that a tape can have: nine digits are a year of frames. */
function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function attributesOf(text: string): Map<string, string> {
  return new Map(Array.from(text.matchAll(attribute), ([, name = '', value = '']) => [name, value]));
}
