import { z } from 'zod';
import { HelicalError } from '#shared/domain/errors.ts';
import type { VideoFormat } from '#shared/domain/formats.ts';
import { formatRational, parseRational, type Rational, rational } from '#shared/domain/rational.ts';
import type { SourceOption } from '#shared/domain/source.ts';

/** What an operator may set about a card that delivers raw pictures; undefined: as the card has it. */
export interface CardWishes {
  standard: 'pal' | 'ntsc' | undefined;
  size: { width: number; height: number } | undefined;
  frameRate: Rational | undefined;
  pixelFormat: string | undefined;
  fieldOrder: VideoFormat['fieldOrder'] | undefined;
  /** Name of the sound device, or `none`. */
  audio: string | undefined;
  audioChannels: number | undefined;
  audioRateHz: number | undefined;
  /** Seconds of pictures that are held while the recorder is late. */
  queueS: number;
}

/** Names of these options, for `Device.optionNames`. */
export const cardOptionNames = [
  'standard',
  'size',
  'framerate',
  'pixel_format',
  'field_order',
  'audio',
  'audio_channels',
  'audio_rate',
  'queue',
] as const;

/** Enough for a disk that stalls as long as the fault benches make it, in memory that any station has. */
const defaultQueueS = 10;

const rate = z.string().transform((text, context): Rational => {
  const found = { '29.97': '30000/1001', '59.94': '60000/1001', '23.98': '24000/1001' }[text] ?? text;
  const value = /^\d{1,6}(?:\/\d{1,6})?$/.test(found) ? parseRational(found) : undefined;
  if (value && value.num > 0) return value;
  context.addIssue('is written 25 or 30000/1001');
  return rational(1);
});

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const schema = z.object({
  standard: z.enum(['pal', 'ntsc']).optional(),
  size: z
    .string()
    .regex(/^\d{2,5}x\d{2,5}$/, 'is written 720x576')
    .transform((text) => {
      const [width = 0, height = 0] = text.split('x').map(Number);
      return { width, height };
    })
    .optional(),
  framerate: rate.optional(),
  pixel_format: z
    .string()
    .regex(/^[a-z0-9]{3,20}$/, 'is a name such as uyvy422')
    .optional(),
  field_order: z.enum(['tff', 'bff', 'progressive']).optional(),
  audio: z.string().min(1).optional(),
  audio_channels: whole(1, 16).optional(),
  audio_rate: whole(8_000, 192_000).optional(),
  queue: z.coerce.number().min(1).max(120).default(defaultQueueS),
});

/** Reads the options of a card. HelicalError INVALID_INPUT names the option and what it takes. */
export function readCardWishes(options: Readonly<Record<string, string>> | undefined): CardWishes {
  const parsed = schema.safeParse(options ?? {});
  if (!parsed.success) {
    const said = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new HelicalError('INVALID_INPUT', {
      problem: `An option of the card is not understood: ${said}.`,
      safe: 'Nothing was opened.',
      remedy: 'helical sources lists what each option takes.',
    });
  }
  const { data } = parsed;
  return {
    standard: data.standard,
    size: data.size,
    frameRate: data.framerate,
    pixelFormat: data.pixel_format,
    fieldOrder: data.field_order,
    audio: data.audio,
    audioChannels: data.audio_channels,
    audioRateHz: data.audio_rate,
    queueS: data.queue,
  };
}

/** Rate of a standard, and the sizes its picture may have, fullest first (SMPTE 125M: 486 lines; DV and most cards: 480). */
export const analogue = {
  pal: { frameRate: rational(25), sizes: ['720x576'] },
  ntsc: { frameRate: rational(30_000, 1001), sizes: ['720x486', '720x480'] },
} as const;

/** Formats that a master keeps bit for bit, best first: both are eight bits 4:2:2. */
export const keptPixelFormats = ['uyvy422', 'yuyv422'] as const;

/** Options of such a card as a source lists them. Empty choices: any text. */
export function cardOptions(found: {
  sizes: readonly string[];
  pixelFormats: readonly string[];
  standards: readonly ('pal' | 'ntsc')[];
  audio: readonly { value: string; name: string }[];
  audioDefault: string | undefined;
}): SourceOption[] {
  const same = (values: readonly string[]) => values.map((value) => ({ value, name: value }));
  const rates = found.standards.map((standard) => formatRational(analogue[standard].frameRate));
  return [
    {
      name: 'standard',
      label: 'Television standard',
      choices: found.standards.map((value) => ({ value, name: value.toUpperCase() })),
    },
    { name: 'size', label: 'Picture size', choices: same(found.sizes) },
    { name: 'framerate', label: 'Frames a second', choices: same(rates) },
    { name: 'pixel_format', label: 'Pixel format', choices: same(found.pixelFormats) },
    { name: 'field_order', label: 'Field order', choices: same(['tff', 'bff', 'progressive']) },
    {
      name: 'audio',
      label: 'Sound',
      choices: [...found.audio, { value: 'none', name: 'without sound' }],
      ...(found.audioDefault === undefined ? {} : { default: found.audioDefault }),
    },
    { name: 'audio_channels', label: 'Channels of sound', choices: [], default: '2' },
    { name: 'audio_rate', label: 'Sample rate', choices: [], default: '48000', unit: 'Hz' },
    { name: 'queue', label: 'Queue', choices: [], default: String(defaultQueueS), unit: 's' },
  ];
}
