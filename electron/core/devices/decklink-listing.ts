import type { VideoFormat } from '#shared/domain/formats.ts';
import { type Rational, rational, toNumber } from '#shared/domain/rational.ts';
import { logLines } from './log-text.ts';

/** One mode that a card can take in, as `-list_formats 1` tells it. */
export interface DecklinkMode {
  /** What `-format_code` takes: `pal`, `ntsc`, `Hi50`, ... */
  code: string;
  width: number;
  height: number;
  frameRate: Rational;
  fieldOrder: VideoFormat['fieldOrder'];
}

/**
 * Reads `ffmpeg -f decklink -list_formats 1 -i CARD`, which comes on standard error. Source: libavdevice/decklink_common.cpp,
 * ff_decklink_list_formats; the same from ffmpeg 4 to 8 but for what ffmpeg writes in front of the first line.
 * `\tpal \t\t720x576 at 25000/1000 fps (interlaced, upper field first)`
 */
export function parseDecklinkFormats(text: string): DecklinkMode[] {
  const line =
    /^\s{1,40}(\S.{0,3}?)\s{1,40}(\d{1,5})x(\d{1,5}) at (\d{1,9})\/(\d{1,9}) fps(?: \(interlaced, (lower|upper) field first\))?\s*$/;
  return logLines(text).flatMap((words) => {
    const [, code, width, height, num, den, first] = line.exec(words) ?? [];
    if (!code || !Number(width) || !Number(height) || !Number(num) || !Number(den)) return [];
    const fieldOrder = first === 'upper' ? 'tff' : first === 'lower' ? 'bff' : 'progressive';
    const frameRate = rational(Number(num), Number(den));
    return [{ code, width: Number(width), height: Number(height), frameRate, fieldOrder }];
  });
}

/**
 * Reads `ffmpeg -f decklink -list_devices 1 -i dummy`, for builds whose `-sources` lists nothing: names in quotes behind
 * `Blackmagic DeckLink (input) devices:`. Source: decklink_common.cpp, ff_decklink_list_devices(_legacy).
 */
export function parseDecklinkDevices(text: string): string[] {
  const lines = logLines(text);
  const first = lines.findIndex((line) => /^Blackmagic DeckLink (?:input )?devices:\s*$/.test(line));
  if (first < 0) return [];
  return lines.slice(first + 1).flatMap((line) => /^\s*'(.{1,400})'\s*$/.exec(line)?.[1] ?? []);
}

/**
 * The mode in which a card was opened: `Found Decklink mode 720 x 576 with rate 25.00(i)`, with the rate in two decimals.
 * Source: decklink_common.cpp, ff_decklink_set_format. The mode among `modes` that it is; undefined where none is.
 */
export function parseFoundMode(text: string, modes: readonly DecklinkMode[]): DecklinkMode | undefined {
  for (const line of logLines(text)) {
    const found = /^Found Decklink mode (\d{1,5}) x (\d{1,5}) with rate (\d{1,4}\.\d\d)(\(i\))?\s*$/.exec(
      line,
    );
    if (!found) continue;
    const [, width, height, rate, interlaced] = found;
    return modes.find(
      (mode) =>
        mode.width === Number(width) &&
        mode.height === Number(height) &&
        toNumber(mode.frameRate).toFixed(2) === rate &&
        (mode.fieldOrder !== 'progressive') === (interlaced !== undefined),
    );
  }
  return undefined;
}
