import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readCardReport } from '#core/devices/card-report.ts';
import type { RecipeInput } from '#core/devices/simulator/recipe.ts';
import type { Session } from '#shared/domain/live.ts';
import { type Bench, worstRow } from '../bench.ts';
import { startRecording, untilSealed } from '../recording.ts';
import { startServedEngine } from '../served-engine.ts';
import { writeRecipe } from '../simulated-source.ts';

const raster = { width: 192, height: 144 };
const framesPerSecond = 25;
/** So far apart that no event reaches to the next fault. */
const spacingS = 5;
const firstAtS = 8;
const roundsOfFaults = 2;
const lookEveryMs = 50;
const budgetS = 2;

/** What is put on the tape, and the checks that may tell it: others that see it too are listed beside them. */
const faults = [
  { kind: 'signal-loss', frames: 25, check: 'signal-loss' },
  { kind: 'dropout', frames: 5, strength: 0.9, check: 'video-dropout' },
  { kind: 'clipping', frames: 25, strength: 0.9, check: 'audio-clipping' },
  { kind: 'head-clog', frames: 25, strength: 0.9, check: 'head-clog' },
  { kind: 'freeze', frames: 25, check: 'freeze' },
] as const;

/**
 * How long after the card took a frame the link says what is wrong with it, while recording in real time. The card's own
 * report says when it took which frame; the engine is a process of its own, listened to as a screen does.
 */
export const liveEvent: Bench = {
  name: 'live-event',
  async run({ folder, say }) {
    const dataDir = join(folder, 'data');
    const placed = Array.from({ length: roundsOfFaults }, () => faults)
      .flat()
      .map((fault, at) => ({ ...fault, atFrame: (firstAtS + at * spacingS) * framesPerSecond }));
    const seconds = firstAtS + placed.length * spacingS;
    const recipePath = await writeRecipe(folder, {
      raster,
      segments: [{ content: 'scene', seconds }],
      faults: placed.map(({ check: _, ...fault }) => fault) as RecipeInput['faults'] & object,
    });
    await using engine = await startServedEngine(dataDir);
    const passId = await startRecording(engine.client, 'BENCH', recipePath);
    const stopping = new AbortController();
    const clock = tapeClock(dataDir, stopping.signal);
    say(`recording ${seconds} s`);
    /** By fault: when each check first told something that begins in it. */
    const told = placed.map(() => new Map<string, { atMs: number; startFrame: number }>());
    let behind = 0;
    await untilSealed(engine.client, passId, (session) => {
      if (session.state !== 'prepared' && session.state !== 'recording') return stopping.abort();
      behind = Math.max(behind, session.frames - session.follower.frames);
      for (const [at, { atFrame, frames }] of placed.entries()) {
        for (const event of startingIn(session, atFrame - 2, atFrame + frames)) {
          const known = told[at];
          if (known && !known.has(event.check)) {
            known.set(event.check, { atMs: Date.now(), startFrame: event.startFrame });
          }
        }
      }
    });
    const beganAtMs = await clock;
    const delayS = ({ atMs, startFrame }: { atMs: number; startFrame: number }) =>
      (atMs - beganAtMs) / 1000 - startFrame / framesPerSecond;
    const notes = placed.map(({ kind }, at) => {
      const each = [...(told[at] ?? [])].map(
        ([check, one]) => `${check} ${delayS(one).toFixed(2)} s (frame ${one.startFrame})`,
      );
      return `${kind}: ${each.join(', ') || 'nothing'}.`;
    });
    const delays = placed.map(({ check }, at) => {
      const one = told[at]?.get(check);
      return one ? delayS(one) : Number.POSITIVE_INFINITY;
    });
    return [
      worstRow(
        {
          name: 'live-event',
          what: `The longest from a frame's capture to its event in the link's message, ${raster.width}x${raster.height}`,
          unit: 's',
          budget: { of: 'value', limit: 'at-most', value: budgetS },
          notes: [`The follower was ${behind} frames behind at most.`, ...notes],
        },
        Math.max(...delays),
        delays.length,
      ),
    ];
  },
};

function startingIn(session: Session, from: number, to: number) {
  return session.qcEvents.filter(({ startFrame }) => startFrame >= from && startFrame < to);
}

/** When the card took frame 0, in milliseconds since 1970: the earliest that any of its reports tells. */
async function tapeClock(dataDir: string, signal: AbortSignal): Promise<number> {
  let [path, earliestMs]: [string | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  while (!signal.aborted) {
    path ??= await findReport(dataDir);
    const report = path === undefined ? undefined : await readCardReport(path);
    if (report?.state === 'playing' && report.capturedFrames > 0) {
      const beganAtMs = report.atMs - ((report.capturedFrames - 1) * 1000) / framesPerSecond;
      earliestMs = Math.min(earliestMs, beganAtMs);
    }
    await wait(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
  return earliestMs;
}

async function findReport(dataDir: string): Promise<string | undefined> {
  const found = (await readdir(dataDir, { recursive: true })).find((name) =>
    name.endsWith('card-report.json'),
  );
  return found === undefined ? undefined : join(dataDir, found);
}
