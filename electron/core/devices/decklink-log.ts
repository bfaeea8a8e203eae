import { HelicalError } from '#shared/domain/errors.ts';
import type { DeviceReport } from './device.ts';
import { logLines } from './log-text.ts';

/**
 * One line of the recorder's log in a report, where it is the card's. Source: libavdevice/decklink_dec.cpp,
 * VideoInputFrameArrived, and the packet queue. The driver tells ffmpeg nothing when the card is pulled out, and its format
 * detection is off while it records: a changed standard looks like a lost signal.
 */
export function readDecklinkLogLine(line: string): DeviceReport | undefined {
  const [words = ''] = logLines(line);
  if (words.startsWith('Decklink input buffer overrun!')) return { kind: 'queue-overrun' };
  const signal = /^Frame received \(#(\d{1,15})\) - (No input signal detected|Input returned) /.exec(words);
  if (!signal) return undefined;
  const kind = signal[2] === 'Input returned' ? 'signal-returned' : 'signal-lost';
  return { kind, frame: Number(signal[1]) };
}

/** What ffmpeg says when a card does not open, and what it means for the operator. */
const failures: readonly [RegExp, code: 'DEVICE_BUSY' | 'DEVICE_FAILED' | 'INVALID_INPUT', string, string][] =
  [
    [
      /^Cannot enable (?:video|audio) input/m,
      'DEVICE_BUSY',
      'cannot be opened: another program has it, or its cable is loose',
      'Close Media Express, OBS and other captures from it, then check the cable.',
    ],
    [
      /^Cannot Autodetect input stream or No signal/m,
      'DEVICE_FAILED',
      'sees no signal whose standard it could detect, or another program has it',
      'Play the deck, check the connector, or name the standard: mode=pal or mode=ntsc.',
    ],
    [
      /^Device does not support selected (?:video|audio) input/m,
      'INVALID_INPUT',
      'has no such connector',
      'Choose another video or audio input.',
    ],
    [
      /^(?:Could not create DeckLink iterator|DeckLink drivers not installed|COM initialization failed)/m,
      'DEVICE_FAILED',
      'cannot be reached: the DeckLink driver does not answer',
      'Install Blackmagic Desktop Video, restart, and look there whether the card is seen.',
    ],
    [
      /^Could not set (?:format code|mode number)/m,
      'INVALID_INPUT',
      'cannot be opened in this mode and pixel format',
      'Choose a mode that helical sources lists for it.',
    ],
  ];

/** The error for a card that did not open, from what ffmpeg wrote about it. */
export function decklinkFailure(card: string, said: string): HelicalError {
  const lines = logLines(said);
  const words = lines.join('\n');
  const known = failures.find(([pattern]) => pattern.test(words));
  const [, code, problem, remedy] = known ?? [
    undefined,
    'DEVICE_FAILED' as const,
    `cannot be opened: ${
      lines
        .filter((line) => line.trim() !== '')
        .at(-1)
        ?.trim() ?? 'ffmpeg says nothing'
    }`,
    'Run helical sources to see which cards there are.',
  ];
  return new HelicalError(code, {
    problem: `The card ${card} ${problem}.`,
    safe: 'Nothing was recorded.',
    remedy,
  });
}
