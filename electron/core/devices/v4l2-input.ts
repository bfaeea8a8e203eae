import { HelicalError } from '#shared/domain/errors.ts';
import { formatRational, toNumber } from '#shared/domain/rational.ts';
import { analogue, type CardWishes, keptPixelFormats } from './card-wishes.ts';
import type { V4l2Format } from './v4l2-listing.ts';

/** The arguments of such a card's pictures. HelicalError INVALID_INPUT where it does not have what is asked. */
export function v4l2Input(
  path: string,
  asked: {
    wishes: CardWishes;
    formats: readonly V4l2Format[];
    standards: readonly { name: string }[];
    channel: string | undefined;
    /** `abs` puts pictures on the wall clock, which is ALSA's. */
    clock: string;
  },
): string[] {
  const { wishes, formats, standards, channel, clock } = asked;
  const kept = keptFormats(formats);
  const pixelFormat = wishes.pixelFormat ?? kept[0];
  if (pixelFormat === undefined || !kept.includes(pixelFormat)) {
    throw invalid(
      `${path} does not deliver ${pixelFormat ?? 'raw 4:2:2 pictures'}.`,
      kept.length > 0 ? `Choose pixel_format=${kept.join(' or ')}.` : 'Use another card.',
    );
  }
  const system = wishes.standard && analogue[wishes.standard];
  const standard = wishes.standard && standardName(wishes.standard, standards);
  if (wishes.standard && standards.length > 0 && standard === undefined) {
    const known = standards.map(({ name }) => name).join(', ');
    throw invalid(`${path} knows ${known}, not ${wishes.standard}.`, 'Choose another standard.');
  }
  const has = (size: string) =>
    formats.some((format) => format.name === pixelFormat && hasSize(format, size));
  const size = wishes.size ? sizeText(wishes.size) : system?.sizes.find(has);
  // A card that knows standards takes its rate from them.
  const rate = wishes.frameRate ?? (standard === undefined ? system?.frameRate : undefined);
  const fps = toNumber(rate ?? system?.frameRate ?? { num: 30, den: 1 });
  return [
    ...['-thread_queue_size', String(Math.ceil(wishes.queueS * fps)), '-f', 'v4l2', '-timestamps', clock],
    ...(channel === undefined ? [] : ['-channel', channel]),
    ...(standard === undefined ? [] : ['-standard', standard]),
    ...['-input_format', pixelFormat, ...(size === undefined ? [] : ['-video_size', size])],
    ...(rate === undefined ? [] : ['-framerate', formatRational(rate)]),
    ...['-i', path],
  ];
}

/** Formats of a card that a master keeps bit for bit, best first. */
export function keptFormats(formats: readonly V4l2Format[]): string[] {
  const raw = new Set(formats.filter(({ kind }) => kind === 'raw').map(({ name }) => name));
  return keptPixelFormats.filter((name) => raw.has(name));
}

/** PAL-60, PAL-M and PAL-N are other systems than PAL. */
function standardName(system: 'pal' | 'ntsc', standards: readonly { name: string }[]): string | undefined {
  const other = /^PAL-(?:60|M|N|Nc)\b|^NTSC-443/i;
  const fitting = standards.map(({ name }) => name).filter((name) => !other.test(name));
  const exact = fitting.find((name) => name.toLowerCase() === system);
  return exact ?? fitting.find((name) => name.toLowerCase().startsWith(system));
}

/** Which of the two systems a card's standards belong to. */
export function systemsOf(standards: readonly { name: string }[]): ('pal' | 'ntsc')[] {
  return (['pal', 'ntsc'] as const).filter((system) => standardName(system, standards) !== undefined);
}

function hasSize({ sizes, ranges }: V4l2Format, size: string): boolean {
  const [width = 0, height = 0] = size.split('x').map(Number);
  const fits = ({ least, most, step }: { least: number; most: number; step: number }, value: number) =>
    value >= least && value <= most && (value - least) % Math.max(1, step) === 0;
  return (
    sizes.some((known) => sizeText(known) === size) ||
    ranges.some((range) => fits(range.width, width) && fits(range.height, height))
  );
}

/** `720x576`. */
export function sizeText({ width, height }: { width: number; height: number }): string {
  return `${width}x${height}`;
}

function invalid(problem: string, remedy: string): HelicalError {
  return new HelicalError('INVALID_INPUT', { problem, safe: 'Nothing was opened.', remedy });
}
