import { type ErrorCode, HelicalError } from '#shared/domain/errors.ts';
import type { DeviceReport } from './device.ts';
import { logLines } from './log-text.ts';

interface Answer {
  pattern: RegExp;
  code: ErrorCode;
  /** Behind the card's name. */
  problem: string;
  remedy: string;
}

const permissionRemedy: Partial<Record<NodeJS.Platform, string>> = {
  darwin:
    'Allow camera and microphone for Helical in System Settings, Privacy & Security, and start it again.',
  win32: 'Allow desktop apps to use the camera and the microphone in Settings, Privacy.',
};

/** The system's and ffmpeg's own words (libavdevice v4l2.c, alsa.c, dshow.c, avfoundation.m, iec61883.c), likeliest first. */
function answers(platform: NodeJS.Platform): Answer[] {
  return [
    {
      pattern: /resource busy|device or resource busy|already in use|could not run graph/i,
      code: 'DEVICE_BUSY',
      problem: 'is in use by another program, or by another capture',
      remedy: 'Close what uses it and try again.',
    },
    {
      pattern: /permission denied|operation not permitted|not authorized/i,
      code: 'DEVICE_FAILED',
      problem: 'may not be opened by this user',
      remedy:
        permissionRemedy[platform] ??
        'Join the groups of capture devices (sudo usermod -aG video,audio YOUR-NAME), log out and in again.',
    },
    {
      pattern: /inappropriate ioctl|not a video capture device|streaming I\/O method/i,
      code: 'INVALID_INPUT',
      problem: 'is not a capture device',
      remedy: 'Choose one that helical sources lists.',
    },
    {
      pattern: /unknown or unsupported standard/i,
      code: 'INVALID_INPUT',
      problem: 'does not know this television standard',
      remedy: 'Choose a standard that helical sources lists for it.',
    },
    {
      pattern:
        /selected (?:video size|framerate|pixel format)|could not set (?:video|audio) options|cannot find a proper format|no such input format|cannot set (?:channel count|sample rate|sample format)/i,
      code: 'INVALID_INPUT',
      problem: 'does not deliver this size, rate or format',
      remedy: 'Choose what helical sources lists for it, or leave the option out.',
    },
    {
      pattern:
        /no such (?:file or directory|device)|could not find (?:video|audio)|device not found|no av\/c devices found|no av capture device|failed to open ieee1394|cannot get card index/i,
      code: 'DEVICE_FAILED',
      problem: 'is not there, or was unplugged',
      remedy: 'Look at cable and power, then ask helical sources what is there.',
    },
  ];
}

/**
 * What went wrong with a card, out of what ffmpeg wrote about it. Anything unknown is passed on in ffmpeg's own words.
 * @param name the card's name, as the beginning of a sentence.
 */
export function cardProblem(
  name: string,
  said: string,
  platform: NodeJS.Platform = process.platform,
): HelicalError {
  const lines = logLines(said).filter((line) => line.trim() !== '');
  const known = answers(platform).find(({ pattern }) => lines.some((line) => pattern.test(line)));
  const words = lines.at(-1)?.trim().slice(0, 300) ?? 'it says nothing';
  return new HelicalError(known?.code ?? 'DEVICE_FAILED', {
    problem: known ? `${name} ${known.problem}.` : `${name} cannot be opened: ${words.replace(/\.$/, '')}.`,
    safe: 'Nothing was recorded.',
    remedy: known?.remedy ?? 'Look at cable, power and driver; helical doctor tells what this machine has.',
  });
}

const reports: [RegExp, (line: string) => DeviceReport][] = [
  // dshow.c shall_we_drop; iec61883.c callback; alsa.c xrun; v4l2.c mmap_read_frame.
  [
    /real-time buffer .*frame dropped|packet queue overrun|ALSA buffer xrun|buffer contains corrupted data|Dequeued v4l2 buffer contains \d+ bytes/i,
    () => ({ kind: 'queue-overrun' }),
  ],
  [
    /VIDIOC_DQBUF\).*(?:no such device|input\/output error|protocol error)|ALSA read error|no more input data available|raw1394 poll error|Error during demuxing: (?:no such device|input\/output error)/i,
    (line) => ({ kind: 'device-gone', detail: line.trim().slice(0, 300) }),
  ],
];

/** Reads one line that a card of these kinds makes ffmpeg write into the recorder's log. */
export function readCardLine(line: string): DeviceReport | undefined {
  const [text = ''] = logLines(line);
  return reports.find(([pattern]) => pattern.test(text))?.[1](text);
}
