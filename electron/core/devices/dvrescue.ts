import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { locateDvrescue } from '#core/ffmpeg/dvrescue.ts';
import { runTool } from '#core/ffmpeg/run.ts';
import { HelicalError } from '#shared/domain/errors.ts';
import { formatRational } from '#shared/domain/rational.ts';
import { probeCard } from './card-question.ts';
import type { Device, OpenSource } from './device.ts';
import { type DvrescueDeck, parseDvrescueDevices } from './dvrescue-listing.ts';
import { describeTapeStream, firewireKey } from './firewire.ts';
import { lacksSystem } from './lack.ts';

/** A deck that dvrescue starts needs some seconds until its head servo holds. */
const firstFramesWithinMs = 60_000;
/** Two frames of 25 Mb/s PAL: enough to see what arrives. */
const firstBytes = 2 * 144_000;
/** What a recorder that is late finds on the disk: the whole tape so far. Ten minutes are a bound that any disk has room for. */
const queueS = 600;
/**
 * The end of the tape is dvrescue's own end (writer). Only where nobody sees that the recorder ends by itself, when nothing was added
 * for so long: a deck may pause for minutes.
 */
const silenceUs = 1_800_000_000;
/** ffmpeg's word for that silence (file.c with follow: retries until rw_timeout, then EIO). */
const silenceShape = /\[(?:error|fatal)\] (?:Error during demuxing|file:.*tape\.dv): Input\/output error\s*$/;

/**
 * DV decks of macOS, whose own stream ffmpeg cannot have. dvrescue writes it into a file, in a process group of its own that
 * outlives the engine; the recorder reads that file while it grows. Neither can hold the other up (ADR 0045). Not yet run on
 * hardware: docs/proof.md.
 */
export const dvrescue: Device = dvrescueDevice(locateDvrescue);

/** @param locate finds the program; for tests. */
export function dvrescueDevice(locate: () => Promise<string | undefined>): Device {
  return {
    kind: 'dvrescue',
    name: 'DV deck through dvrescue',
    optionNames: [],
    namesPath: () => false,
    deviceKey: async (argument) => firewireKey(argument),
    readLogLine: (line) => (silenceShape.test(line) ? { kind: 'source-ended' } : undefined),

    async lacks() {
      const elsewhere = lacksSystem('darwin', 'Capture through dvrescue');
      if (elsewhere) return elsewhere;
      if ((await locate()) !== undefined) return undefined;
      return {
        problem: 'dvrescue is not installed, through which DV decks are read on macOS.',
        remedy: 'Install it from mediaarea.net/DVRescue, or name it in HELICAL_DVRESCUE.',
      };
    },

    async discover() {
      const program = await locate();
      const decks = program === undefined ? [] : await listDecks(program);
      return decks.map(({ id, name }) => ({
        ...{ id: `dvrescue:${id}`, kind: 'dvrescue' as const, name: `${name} (DV)` },
        ...{ inputs: [], options: [], live: true },
      }));
    },

    async open({ argument }, context) {
      const program = await locate();
      const decks = program === undefined ? [] : await listDecks(program);
      const deck = decks.find(({ id }) => id === argument) ?? (argument === undefined ? decks[0] : undefined);
      if (program === undefined || !deck) {
        throw new HelicalError('DEVICE_FAILED', {
          problem: `dvrescue sees no deck ${argument ?? ''}`.trim().concat('.'),
          safe: 'Nothing was recorded.',
          remedy: `It sees ${decks.map(({ id, name }) => `${name} (${id})`).join(', ') || 'none'}.`,
        });
      }
      const at = (name: string) => join(context.workDir, name);
      const path = at('tape.dv');
      const logPath = at('dvrescue.log');
      const process = start(
        program,
        [`device://${deck.id}`, '-m', path, '-x', at('tape.xml'), '-v', '0'],
        logPath,
      );
      try {
        await firstFrames(process, path, logPath, deck);
        return await describe(deck, path, process, context.ffprobePath);
      } catch (error) {
        await end(process);
        throw error;
      }
    },
  };
}

async function listDecks(program: string): Promise<DvrescueDeck[]> {
  const signal = AbortSignal.timeout(20_000);
  const ended = await runTool(program, ['--list_devices_json'], { signal });
  const decks = ended.reason === 'finished' ? parseDvrescueDevices(ended.stdout.toString('utf8')) : undefined;
  if (decks) return decks;
  const why = 'lastError' in ended ? ended.lastError : 'it gave no list';
  throw new HelicalError('DEVICE_FAILED', {
    problem: `dvrescue does not tell which decks there are: ${why}.`,
    remedy: 'Run dvrescue --list_devices in a terminal.',
  });
}

/** In a process group of its own, with no pipe to this process: it outlives the engine. */
function start(program: string, args: string[], logPath: string): ChildProcess {
  const log = openSync(logPath, 'a');
  try {
    const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], windowsHide: true });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

async function firstFrames(
  child: ChildProcess,
  path: string,
  logPath: string,
  deck: DvrescueDeck,
): Promise<void> {
  let failed: string | undefined;
  child.once('error', (error) => {
    failed = error.message;
  });
  const deadline = Date.now() + firstFramesWithinMs;
  while (Date.now() < deadline && failed === undefined) {
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size >= firstBytes) return;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await wait(50);
  }
  const said = (await readFile(logPath, 'utf8').catch(() => '')).trim().slice(-300);
  throw new HelicalError('DEVICE_FAILED', {
    problem: `The deck ${deck.name} delivers nothing: ${failed ?? (said || 'dvrescue is silent')}.`,
    safe: 'Nothing was recorded.',
    remedy: 'Press play, and look at cable and deck.',
  });
}

async function describe(
  deck: DvrescueDeck,
  path: string,
  child: ChildProcess,
  ffprobePath: string,
): Promise<OpenSource> {
  const media = await probeCard(ffprobePath, ['-f', 'dv', '-i', `file:${path}`], `The deck ${deck.name}`);
  const { video, audio, codec } = describeTapeStream(`The deck ${deck.name}`, media);
  return {
    inputArgs: [
      ...['-follow', '1', '-seekable', '0', '-rw_timeout', String(silenceUs)],
      ...['-f', 'dv', '-i', `file:${path}`],
    ],
    video,
    audio,
    live: true,
    essence: 'copy',
    codec,
    queue: { seconds: queueS, capacityBytes: queueS * 3_600_000 },
    description:
      `DV deck ${deck.name} (${deck.id}) through dvrescue: ${video.width}x${video.height} at ` +
      `${formatRational(video.frameRate)}, kept as it came; ${audio?.channels ?? 0} channels of sound.`,
    ...(child.pid === undefined ? {} : { writer: { pid: child.pid, path } }),
    close: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await ended;
}
