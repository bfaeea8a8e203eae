import { z } from 'zod';
import { rationalSchema } from './formats.ts';

/**
 * Options of one input that take a value and do nothing but read: none names an output, none is a lone flag behind which a
 * word would become one. Options of the demuxer itself are asked of the ffmpeg in use.
 */
const readingOptions = [
  ...['f', 'readrate', 'stream_loop', 'itsoffset', 'isync', 'thread_queue_size', 'ss', 't', 'c:v', 'c:a'],
  ...['probesize', 'analyzeduration', 'fpsprobesize', 'formatprobesize', 'rtbufsize', 'fflags', 'max_delay'],
  ...['use_wallclock_as_timestamps', 'avioflags', 'protocol_whitelist', 'threads', 'timeout', 'buffer_size'],
  ...['fifo_size', 'overrun_nonfatal', 'recv_buffer_size', 'listen', 'rtsp_transport', 'follow'],
] as const;

/** Whether an option may stand in any input; others are held to what its demuxer knows. */
export function isReadingOption(name: string): boolean {
  return (readingOptions as readonly string[]).includes(name);
}

const words = z
  .array(z.string().max(8000))
  .min(2)
  .refine((args) => args.length % 2 === 0, 'every option needs its value')
  .refine((args) => args.at(-2) === '-i', 'the last two words are -i and what is opened')
  .refine(
    (args) => args.every((word, at) => at % 2 === 1 || /^-[a-z][a-z0-9_:]*$/i.test(word)),
    'options and values take turns: -option value',
  )
  .refine((args) => args.slice(0, -2).every((word, at) => at % 2 === 1 || word !== '-i'), 'open one thing')
  .refine((args) => args.slice(0, -2).includes('-f'), 'say the format with -f');

/** A number of frames a second that `toNumber` can take: 25/1, 30000/1001. */
const rate = rationalSchema.refine(({ num }) => num > 0, 'is above zero');

/**
 * An input that Helical has no device for, as an expert describes it for ffmpeg. Data in resources/profiles/input/. What is
 * stated is held to what arrives: a source that delivers something else is refused.
 */
export const inputProfileSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    name: z.string().min(1),
    description: z.string().min(1),
    /** A live source cannot wait and cannot be played again. */
    live: z.boolean(),
    /** Arguments of each input in turn, up to and including `-i` and what is opened. */
    inputs: z.array(words).min(1).max(2),
    video: z.strictObject({
      width: z.int().min(16).max(8192),
      height: z.int().min(16).max(8192),
      frameRate: rate,
      fieldOrder: z.enum(['tff', 'bff', 'progressive']),
      pixelFormat: z.string().regex(/^[a-z0-9]{3,20}$/),
      codec: z.string().regex(/^[a-z0-9_]{2,30}$/),
    }),
    /** Null: without sound. `input` counts from 0. */
    audio: z
      .strictObject({
        input: z.int().min(0).max(1),
        channels: z.int().min(1).max(16),
        sampleRateHz: z.int().min(8_000).max(192_000),
      })
      .nullable(),
    /** `copy` keeps the stream as it comes (DV, HDV). */
    essence: z.enum(['encode', 'copy']).default('encode'),
    /** Key of each frame's own metadata that holds its timecode; left out: there is none. */
    timecodeKey: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,60}$/)
      .optional(),
    /** Where the numbers come from. */
    sources: z.array(z.string()),
  })
  .refine(({ audio, inputs }) => audio === null || audio.input < inputs.length, {
    message: 'there is no such input',
    path: ['audio', 'input'],
  })
  .refine(({ audio, essence }) => essence === 'encode' || !audio || audio.input === 0, {
    message: 'a stream that is kept brings its own sound',
    path: ['essence'],
  });
export type InputProfile = z.infer<typeof inputProfileSchema>;
