import { totalmem } from 'node:os';
import type { DemuxerOptions } from '#core/ffmpeg/demuxer-help.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import type { SourceOption } from '#shared/domain/source.ts';
import type { DecklinkMode } from './decklink-listing.ts';
import { decklinkBytesPerSecond, decklinkQueue } from './decklink-queue.ts';

/** Names of the options in a selection, and of what they are for ffmpeg's demuxer. */
const demuxerNames = {
  video: 'video_input',
  audio: 'audio_input',
  mode: 'format_code',
  raw: 'raw_format',
  channels: 'channels',
  timecode: 'timecode_format',
  queue: 'queue_size',
  video_pts: 'video_pts',
  audio_pts: 'audio_pts',
} as const;
type Name = keyof typeof demuxerNames;
export const decklinkOptionNames = Object.keys(demuxerNames) as Name[];

const labels: Record<Name, string> = {
  video: 'Video connector',
  audio: 'Audio connector',
  mode: 'Mode',
  raw: 'Samples',
  channels: 'Audio channels',
  timecode: 'Timecode',
  queue: 'Queue, in seconds of tape',
  video_pts: 'Clock of the picture',
  audio_pts: 'Clock of the sound',
};

const words: Record<string, string> = {
  unset: 'As set in Desktop Video',
  auto: 'Detect',
  sdi: 'SDI',
  hdmi: 'HDMI',
  optical_sdi: 'Optical SDI',
  component: 'Component',
  composite: 'Composite',
  s_video: 'S-Video',
  embedded: 'Embedded',
  aes_ebu: 'AES/EBU',
  analog: 'Analogue',
  analog_xlr: 'Analogue, XLR',
  analog_rca: 'Analogue, RCA',
  microphone: 'Microphone',
  yuv422p10: '10 bit 4:2:2',
  uyvy422: '8 bit 4:2:2',
  none: 'None',
};

/** Sample formats that a master can hold without a conversion of colour. */
const keptRawFormats = ['yuv422p10', 'uyvy422'];
/** What ffmpeg lets through: "Value of channels option must be one of 2, 8 or 16". */
const channelCounts = ['2', '8', '16'];

/** What can be chosen about a card, as this build of ffmpeg and the card itself say. */
export function decklinkChoices(
  help: DemuxerOptions,
  modes: readonly DecklinkMode[],
  memoryBytes: number = totalmem(),
): SourceOption[] {
  const known = (name: Name) => help.get(demuxerNames[name])?.values ?? [];
  const values: Record<Name, readonly string[]> = {
    video: known('video'),
    audio: known('audio'),
    mode: ['auto', ...modes.map(({ code }) => code)],
    raw: keptRawFormats.filter((format) => known('raw').includes(format)),
    channels: channelCounts,
    timecode: known('timecode'),
    queue: [],
    video_pts: known('video_pts'),
    audio_pts: known('audio_pts'),
  };
  const defaults: Partial<Record<Name, string>> = {
    video: 'unset',
    audio: 'unset',
    mode: 'auto',
    raw: 'yuv422p10',
    channels: '8',
    video_pts: 'video',
    audio_pts: 'audio',
  };
  return decklinkOptionNames
    .filter((name) => help.has(demuxerNames[name]))
    .map((name) => {
      const usual = defaults[name];
      return {
        name,
        label: name === 'queue' ? `${labels.queue} (${usualQueue(memoryBytes)})` : labels[name],
        choices: values[name].map((value) => ({ value, name: nameOf(name, value, modes) })),
        ...(usual !== undefined && values[name].includes(usual) ? { default: usual } : {}),
        ...(name === 'queue' ? { unit: 's' } : {}),
      };
    });
}

const pal: DecklinkMode = {
  ...{ code: 'pal', width: 720, height: 576 },
  ...{ frameRate: { num: 25, den: 1 }, fieldOrder: 'tff' },
};

/** What a card has without a wish: in bytes that are the same in each mode, and what they are of PAL. */
function usualQueue(memoryBytes: number): string {
  const bytesPerSecond = decklinkBytesPerSecond(pal, 'yuv422p10', 8);
  const { seconds, capacityBytes } = decklinkQueue({ seconds: undefined, bytesPerSecond, memoryBytes });
  return `otherwise ${(capacityBytes / 2 ** 30).toFixed(1)} GiB, ${Math.floor(seconds)} s of PAL`;
}

function nameOf(option: Name, value: string, modes: readonly DecklinkMode[]): string {
  const mode = option === 'mode' ? modes.find(({ code }) => code === value) : undefined;
  if (!mode) return words[value] ?? value;
  const { width, height, frameRate, fieldOrder } = mode;
  const scan = {
    tff: 'interlaced, top field first',
    bff: 'interlaced, bottom field first',
    progressive: 'progressive',
  };
  return `${width}x${height}, ${(frameRate.num / frameRate.den).toFixed(2).replace(/\.?0+$/, '')} frames/s, ${scan[fieldOrder]}`;
}

/** What a card is opened with. */
export interface ChosenValues {
  video: string | undefined;
  audio: string | undefined;
  /** Undefined: detected by the card. */
  mode: string | undefined;
  raw: string;
  channels: string;
  timecode: string;
  /** Seconds; undefined for ffmpeg's own size. */
  queueS: number | undefined;
  video_pts: string | undefined;
  audio_pts: string | undefined;
}

/**
 * The value of each option: what was chosen, or what is usual. HelicalError INVALID_INPUT for a value that this build or this
 * card does not know, naming those that it does.
 */
export function chosenValues(
  options: Readonly<Record<string, string>>,
  choices: readonly SourceOption[],
): ChosenValues {
  const chosen = (name: Name): string | undefined => {
    const choice = choices.find((one) => one.name === name);
    const value = options[name] ?? choice?.default;
    if (value === undefined) return undefined;
    if (!choice)
      throw invalid(`This ffmpeg's DeckLink input has no ${demuxerNames[name]}.`, `Leave ${name} out.`);
    const offered = choice.choices.map((one) => one.value);
    if (name === 'queue' || offered.includes(value)) return value;
    throw invalid(`"${value}" is no ${name} of this card.`, `Choose one of ${offered.join(', ')}.`);
  };
  const mode = chosen('mode');
  const queue = chosen('queue');
  const video = chosen('video');
  return {
    video,
    audio: chosen('audio'),
    mode: mode === 'auto' ? undefined : mode,
    raw: chosen('raw') ?? 'uyvy422',
    channels: chosen('channels') ?? '2',
    timecode: chosen('timecode') ?? usualTimecode(video, choices),
    queueS: queue === undefined ? undefined : Number(queue),
    video_pts: chosen('video_pts'),
    audio_pts: chosen('audio_pts'),
  };
}

/**
 * The timecode to ask a card for where nobody chose: analogue inputs carry it in the picture's lines, digital ones beside it
 * (RP 188). A card that gives none loses nothing by being asked.
 */
function usualTimecode(video: string | undefined, choices: readonly SourceOption[]): string {
  const usual = ['component', 'composite', 's_video'].includes(video ?? '') ? 'vitc' : 'rp188any';
  const timecode = choices.find(({ name }) => name === 'timecode');
  return timecode?.choices.some(({ value }) => value === usual) ? usual : 'none';
}

function invalid(problem: string, remedy: string): HelicalError {
  return new HelicalError('INVALID_INPUT', { problem, safe: 'Nothing was opened.', remedy });
}
