import { runTool } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { type DecklinkMode, parseFoundMode } from './decklink-listing.ts';
import { decklinkFailure } from './decklink-log.ts';

/** Detecting a mode takes up to 3 s (decklink_autodetect), a driver that hangs takes for ever. */
const opensWithinMs = 15_000;

/**
 * Whether a card opens with these arguments, and in which of its modes: one frame is read and thrown away. HelicalError as of
 * `decklinkFailure`, and DEVICE_FAILED where nothing comes.
 */
export function tryCard(
  ffmpegPath: string,
  card: string,
  inputArgs: readonly string[],
  modes: readonly DecklinkMode[],
): Promise<DecklinkMode> {
  return inTurn(card, () => triedMode(ffmpegPath, card, inputArgs, modes));
}

/** The last trial of each card. A card opens for one process at a time: a preflight must not make an arming find it busy. */
const trials = new Map<string, Promise<unknown>>();

async function inTurn<Result>(card: string, trial: () => Promise<Result>): Promise<Result> {
  const before = trials.get(card) ?? Promise.resolve();
  const mine = before.then(trial, trial);
  trials.set(card, mine);
  try {
    return await mine;
  } finally {
    if (trials.get(card) === mine) trials.delete(card);
  }
}

async function triedMode(
  ffmpegPath: string,
  card: string,
  inputArgs: readonly string[],
  modes: readonly DecklinkMode[],
): Promise<DecklinkMode> {
  const trial = [
    '-hide_banner',
    '-nostdin',
    ...inputArgs,
    '-map',
    '0:v',
    '-frames:v',
    '1',
    '-f',
    'null',
    '-',
  ];
  const end = await runTool(ffmpegPath, trial, { signal: AbortSignal.timeout(opensWithinMs) });
  if (end.reason === 'aborted') {
    throw new HelicalError('DEVICE_FAILED', {
      problem: `The card ${card} gave no picture within ${opensWithinMs / 1000} s.`,
      safe: 'Nothing was recorded.',
      remedy: 'Check its cable and its driver; where the driver hangs, start the computer again.',
    });
  }
  const said = end.reason === 'missing' ? end.lastError : end.stderrTail;
  const mode = end.reason === 'finished' ? parseFoundMode(said, modes) : undefined;
  if (!mode) throw decklinkFailure(card, said);
  return mode;
}
