import type { Rational } from '#shared/domain/rational.ts';

/** Every number of the screens is written here: in the language's own figures, and never a zero with a minus (`-0.0`). */
function figures(value: number, language: string, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(language, { ...options, signDisplay: 'negative' }).format(value);
}

/** `4 032` in the language's own grouping. */
export function count(value: number, language: string): string {
  return figures(value, language, {});
}

/** A number with at most `digits` decimals. */
export function decimal(value: number, language: string, digits = 1): string {
  return figures(value, language, { maximumFractionDigits: digits });
}

/** A number with exactly so many decimals: columns of them stand under each other, and a counter that runs does not jump. */
export function exactly(value: number, language: string, digits: number): string {
  return figures(value, language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A number with exactly one decimal. */
export function tenths(value: number, language: string): string {
  return exactly(value, language, 1);
}

/** A number in three figures that matter. */
export function significant(value: number, language: string): string {
  return figures(value, language, { maximumSignificantDigits: 3 });
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size in decimal units, as disks are sold. */
export function bytes(value: number, language: string): string {
  const step = Math.min(sizes.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  return `${decimal(value / 1000 ** step, language, step > 2 ? 2 : step ? 1 : 0)} ${sizes[step]}`;
}

/** A running time in the two units that matter: `3 h 09 min`, `2 min 41 s`, `34 s`. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
  if (minutes > 0) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${whole} s`;
}

/** The same for a counter, whose room is small: `3 h 09`, `2 min 41`, `34 s`. */
export function spanShort(seconds: number): string {
  return span(seconds).replace(/ (?:min|s)$/, (unit) => (seconds < 60 ? unit : ''));
}

/** Seconds that a number of frames lasts. */
export function framesToSeconds(frames: number, rate: Rational): number {
  return (frames * rate.den) / rate.num;
}

/** `25 fps`, `29.97 fps`. */
export function rateText(rate: Rational): string {
  const value = rate.num / rate.den;
  return `${Number.isInteger(value) ? value : value.toFixed(2)} fps`;
}

/** A day and time of the log, in the language's own order, European for English too: the hour counts to 24. */
export function moment(iso: string, language: string): string {
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso));
}

/** The clock that `moment` tells, by its short name: `CET`. */
export function zoneName(language: string): string {
  const parts = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZoneName: 'short',
  }).formatToParts();
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** `PAL 625/50`, `NTSC 525/59.94`, or the picture's size. */
export function standardText(video: { standard: string; width: number; height: number }): string {
  if (video.standard === 'PAL') return 'PAL 625/50';
  if (video.standard === 'NTSC') return 'NTSC 525/59.94';
  return `${video.width} × ${video.height}`;
}
