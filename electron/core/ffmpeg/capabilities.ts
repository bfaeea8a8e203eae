import { HelicalError } from '#shared/domain/errors.ts';
import { runTool } from './run.ts';

/** What the ffmpeg in use can do, as it says itself. Names only. */
export interface FfmpegCapabilities {
  readonly encoders: ReadonlySet<string>;
  readonly filters: ReadonlySet<string>;
  readonly inputDevices: ReadonlySet<string>;
  readonly outputDevices: ReadonlySet<string>;
  readonly inputProtocols: ReadonlySet<string>;
  readonly outputProtocols: ReadonlySet<string>;
}

/** Asks ffmpeg for its lists. @throws HelicalError FFMPEG_FAILED when one cannot be had. */
export async function readCapabilities(ffmpegPath: string): Promise<FfmpegCapabilities> {
  const [encoders, filters, devices, protocols] = await Promise.all(
    ['-encoders', '-filters', '-devices', '-protocols'].map((list) => askFfmpeg(ffmpegPath, [list])),
  );
  const { inputs: inputDevices, outputs: outputDevices } = parseDevices(devices ?? '');
  const { inputs: inputProtocols, outputs: outputProtocols } = parseProtocols(protocols ?? '');
  return {
    encoders: parseEncoders(encoders ?? ''),
    filters: parseFilters(filters ?? ''),
    inputDevices,
    outputDevices,
    inputProtocols,
    outputProtocols,
  };
}

/** What ffmpeg prints when it is asked about itself. @throws HelicalError FFMPEG_FAILED when it does not answer. */
export async function askFfmpeg(ffmpegPath: string, question: readonly string[]): Promise<string> {
  const end = await runTool(ffmpegPath, ['-hide_banner', ...question]);
  if (end.reason === 'finished') return end.stdout.toString('utf8');
  const why = end.reason === 'aborted' ? end.reason : end.lastError;
  throw new HelicalError('FFMPEG_FAILED', {
    problem: `${ffmpegPath} ${question.join(' ')} did not answer: ${why}.`,
    remedy: 'Check that this ffmpeg runs in a terminal, or choose another one.',
  });
}

/** `-encoders`: ` V..... ffv1   FFmpeg video codec #1`, after a legend that ends in ` ------`. */
export function parseEncoders(listing: string): Set<string> {
  return matches(afterRule(listing), /^ [VAS][F.][S.][X.][B.][D.] (\S+)/);
}

/** `-filters`: ` TSC bwdif   V->V   …`. The legend has no arrow, the flags became fewer in ffmpeg 8. */
export function parseFilters(listing: string): Set<string> {
  return matches(listing.split(/\r?\n/), /^ [TSC.]{2,3} (\S+)\s+[AVN|]+->[AVN|]+(?:\s|$)/);
}

/** `-devices`: ` D  lavfi`, ` DE alsa`, ` D  iec61883,ieee1394`, after a legend that ends in a ruled line. */
export function parseDevices(listing: string): { inputs: Set<string>; outputs: Set<string> } {
  const inputs = new Set<string>();
  const outputs = new Set<string>();
  for (const line of afterRule(listing)) {
    const match = /^ ([D ])([E ])d? +(\S+)/.exec(line);
    if (!match) continue;
    for (const name of (match[3] ?? '').split(',')) {
      if (match[1] === 'D') inputs.add(name);
      if (match[2] === 'E') outputs.add(name);
    }
  }
  return { inputs, outputs };
}

/** `-protocols`: names indented under `Input:` and `Output:`. */
export function parseProtocols(listing: string): { inputs: Set<string>; outputs: Set<string> } {
  const [before = '', after = ''] = listing.split(/^Output:\s*$/m);
  const named = (part: string) => matches(part.split(/\r?\n/), /^ +(\S+)\s*$/);
  return { inputs: named(before), outputs: named(after) };
}

function afterRule(listing: string): string[] {
  const lines = listing.split(/\r?\n/);
  return lines.slice(lines.findIndex((line) => /^ -+$/.test(line)) + 1);
}

function matches(lines: readonly string[], pattern: RegExp): Set<string> {
  return new Set(lines.flatMap((line) => pattern.exec(line)?.[1] ?? []));
}
