import { type MediaDescription, parseProbe } from '#core/ffmpeg/probe.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { cardProblem } from './card-problem.ts';

/** A card that does not answer in this time does not answer. FireWire decks and USB hubs that wake up take seconds. */
const patienceMs = 20_000;
const listingBytes = 512 * 1024;

/**
 * Asks ffmpeg about cards (`-list_devices true`, `-sources v4l2`, ...): all that it says, on both streams. Such a question
 * always ends with an error code, which therefore means nothing. HelicalError DEVICE_FAILED when ffmpeg does not come back.
 */
export async function askCards(ffmpegPath: string, question: readonly string[]): Promise<string> {
  const signal = AbortSignal.timeout(patienceMs);
  const end = await runTool(ffmpegPath, ['-hide_banner', ...question], {
    signal,
    stderrTailBytes: listingBytes,
  });
  if (end.reason === 'finished') return `${end.stdout.toString('utf8')}\n${end.stderrTail}`;
  if (end.reason === 'failed') return end.stderrTail;
  throw new HelicalError('DEVICE_FAILED', {
    problem: `ffmpeg ${question.join(' ')} does not come back with an answer.`,
    remedy: 'Unplug the device that hangs, or start the computer again.',
  });
}

/**
 * Opens an input for a moment and tells what arrives. HelicalError as of `cardProblem`.
 * @param input arguments up to and including `-i URL`. @param name the card's, as the beginning of a sentence.
 */
export async function probeCard(
  ffprobePath: string,
  input: readonly string[],
  name: string,
): Promise<MediaDescription> {
  const signal = AbortSignal.timeout(patienceMs);
  // ffprobe has no queue in front of an input, no pace and no reference to another one.
  const end = await runTool(
    ffprobePath,
    ['-hide_banner', '-v', 'error', '-of', 'json', '-show_format', '-show_streams', ...withoutPairs(input)],
    { signal },
  );
  if (end.reason === 'finished') return parseProbe(end.stdout.toString('utf8'));
  if (end.reason === 'failed') throw cardProblem(name, end.stderrTail);
  throw new HelicalError('DEVICE_FAILED', {
    problem:
      end.reason === 'missing'
        ? `ffprobe cannot be started: ${end.lastError}.`
        : `${name} delivers nothing: no picture came within ${patienceMs / 1000} s.`,
    safe: 'Nothing was recorded.',
    remedy: 'Look at cable, input and deck, and press play before arming.',
  });
}

/** Options that belong to the ffmpeg program, not to its inputs. */
const ffmpegOnly = new Set(
  ['thread_queue_size', 'isync', 't', 'ss', 'readrate', 'stream_loop', 'itsoffset'].map((name) => `-${name}`),
);

function withoutPairs(input: readonly string[]): string[] {
  return input.filter((word, at) => !ffmpegOnly.has(word) && !ffmpegOnly.has(input[at - 1] ?? ''));
}
