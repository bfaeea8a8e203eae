import { open } from 'node:fs/promises';
import type { CardReport } from '#core/devices/card-report.ts';
import { readRecorderLogLine } from '#core/ffmpeg/recorder-log.ts';
import type { EndReason } from '#shared/domain/pass.ts';
import type { PassFiles } from './pass-files.ts';
import { standardChange } from './source-judge.ts';
import type { LogLineReader } from './source-watch.ts';

/** What befell the source, when a recorder has ended: why, and a sentence for people. */
export interface SourceFate {
  reason: Extract<EndReason, 'device-gone' | 'standard-changed'>;
  message: string;
}

/** The recorder's last words about its source are behind everything else. */
const tailBytes = 64 * 1024;

/**
 * Why a recorder ended that nobody ended, where it was the source's doing: by the card's last report and by the end of the
 * recorder's log. Undefined where neither says so.
 */
export async function fateOfSource(
  files: PassFiles,
  card: CardReport | undefined,
  readLine: LogLineReader,
): Promise<SourceFate | undefined> {
  if (card?.state === 'gone') {
    return { reason: 'device-gone', message: card.problem ?? 'The card went away.' };
  }
  const remarks = (await lastLines(files.recorderLogPath)).map(readLine).filter((one) => one !== undefined);
  const changed = standardChange(card, remarks);
  if (changed !== undefined) return { reason: 'standard-changed', message: changed };
  const lost = remarks.find(({ kind }) => kind === 'device-gone' || kind === 'input-lost');
  if (!lost || !('detail' in lost)) return undefined;
  return { reason: 'device-gone', message: `The card went away: ${lost.detail}.` };
}

/**
 * Whether a signal ended a recorder: by its exit code (255 is ffmpeg's word for a signal that it obeyed) or, where nobody saw that,
 * by the end of its log.
 */
export async function wasSignalled(
  files: Pick<PassFiles, 'recorderLogPath'>,
  exitCode: number | null,
): Promise<boolean> {
  if (exitCode === 255) return true;
  const lines = await lastLines(files.recorderLogPath);
  return lines.some((line) => readRecorderLogLine(line)?.kind === 'ended-by-signal');
}

async function lastLines(path: string): Promise<string[]> {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const length = Math.min(size, tailBytes);
  const buffer = Buffer.alloc(length);
  await file.read(buffer, 0, length, size - length);
  return buffer.toString('utf8').split(/[\r\n]/);
}
