import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readFrameNumbers } from '#core/devices/simulator/read-frame-numbers.ts';
import type { HelicalClient } from '#hosts/attach.ts';
import type { PassId } from '#shared/domain/ids.ts';
import { seeded } from '../../capture-faults/seeded.ts';
import { type Bench, worstRow } from '../bench.ts';
import { loadAverage } from '../machine.ts';
import { memoryTrend, sampleMemory } from '../process-memory.ts';
import { startServedEngine } from '../served-engine.ts';
import { writeRecipe } from '../simulated-source.ts';
import { openAndKillWindows } from './soak-windows.ts';

const defaultSeconds = 3600;
const defaultSeed = 20261122;
const defaultChannels = 4;
const raster = { width: 160, height: 80 };
/** A quarter of what a DeckLink card holds of SD by default. */
const queueFrames = 250;
const sealsWithinMs = 1_800_000;

/** Several tapes at once, each with a recorder of its own, while windows are opened and killed. */
export const soakChannels: Bench = {
  name: 'faults/soak-channels',
  async run({ folder, ffmpeg, say, seconds = defaultSeconds, seed = defaultSeed, count = defaultChannels }) {
    const dataDir = join(folder, 'data');
    await using engine = await startServedEngine(dataDir);
    const identifiers = Array.from({ length: count }, (_, channel) => `CH-${channel + 1}`);
    const passIds: PassId[] = [];
    for (const [channel, identifier] of identifiers.entries()) {
      const recipePath = await writeRecipe(folder, {
        raster,
        padded: false,
        queueFrames,
        seed: seed + channel,
        segments: [{ content: 'scene', seconds }],
      });
      passIds.push(await start(engine.client, identifier, recipePath));
    }
    const startedAtMs = performance.now();
    say(`${count} tapes of ${seconds} s are playing`);
    const ending = new AbortController();
    const memory = sampleMemory(engine.pid, ending.signal);
    const windows = openAndKillWindows({ dataDir, random: seeded(seed), signal: ending.signal, say });
    let mostLoad = 0;
    const ends = await Promise.all(
      passIds.map((passId) =>
        untilEnded(engine.client, passId, () => {
          mostLoad = Math.max(mostLoad, loadAverage());
        }),
      ),
    ).finally(() => ending.abort());
    const playedS = (performance.now() - startedAtMs) / 1000;
    const { opened, killed, failed } = await windows;
    const { growthMib, inWords } = memoryTrend(await memory);
    say(`played for ${playedS.toFixed(0)} s; ${killed} windows killed; waiting for the seals`);
    const passes = await Promise.all(passIds.map((passId) => untilSettled(engine.client, passId)));

    const expected = Math.round(seconds * 25);
    const lost: number[] = [];
    const said: string[] = [];
    for (const [at, pass] of passes.entries()) {
      const identifier = identifiers[at] as string;
      const numbers = await readFrameNumbers(
        join(dataDir, 'masters', identifier, `${identifier}_p1.mkv`),
        ffmpeg,
      );
      const inPlace = numbers.filter((number, frame) => number === frame).length;
      lost.push(expected - inPlace);
      const alarms = pass.alarms.map(({ kind, frame }) => `${kind} at frame ${frame}`).join(', ') || 'none';
      said.push(
        `${identifier}: ${pass.state}, ${inPlace} of ${expected} frames in their places, dropped ${pass.droppedFrames}, ` +
          `${ends[at]?.mostQueued} frames waited at the most; alarms: ${alarms}.`,
      );
    }
    const row = (name: string, what: string, unit: string, limit: number, worst: number, notes: string[]) =>
      worstRow(
        {
          name: `faults/soak-channels/${name}`,
          what,
          unit,
          budget: { of: 'value', limit: 'at-most', value: limit },
          notes,
        },
        worst,
        passes.length,
      );
    return [
      row(
        'lost',
        `Frames lost by ${count} tapes ${raster.width}x${raster.height} at once over ${seconds} s, while ${killed} windows were killed`,
        'frames',
        0,
        lost.reduce((sum, frames) => sum + frames, 0),
        [
          ...said,
          `Windows: ${opened} opened and shown the capture screen, ${killed} browsers killed, ${failed} could not be opened in time; seed ${seed}; most load ${mostLoad.toFixed(1)}.`,
        ],
      ),
      row(
        'unsealed',
        'Of these tapes, those not sealed',
        'tapes',
        0,
        passes.filter(({ state }) => state !== 'sealed').length,
        passes.flatMap(({ sealChecks }) =>
          sealChecks.filter(({ ok }) => !ok).map(({ id, message }) => `${id}: ${message}`),
        ),
      ),
      row(
        'memory',
        "Growth of the engine's memory meanwhile, last third against first",
        'MiB',
        32,
        growthMib,
        [inWords],
      ),
    ];
  },
};

/** Arms and records, also where the budget of a busy machine speaks against one more. */
async function start(client: HelicalClient, identifier: string, recipePath: string): Promise<PassId> {
  await client.tapes.register({ identifier, format: 'betacamsp', title: 'Soak', standard: 'PAL' });
  const { passId } = await client.capture.arm({
    tape: identifier,
    source: `simulator:${recipePath}`,
    anyway: true,
  });
  await client.capture.record({ passId });
  return passId;
}

async function untilEnded(client: HelicalClient, passId: PassId, look: () => void) {
  let mostQueued = 0;
  for (;;) {
    const { state } = await client.passes.show({ passId });
    if (state !== 'recording' && state !== 'stopping' && state !== 'prepared') return { mostQueued };
    const sessions = await client.capture.sessions();
    const session = sessions.find((one) => one.passId === passId);
    mostQueued = Math.max(mostQueued, session?.queuedFrames ?? 0);
    look();
    await wait(1_000);
  }
}

async function untilSettled(client: HelicalClient, passId: PassId) {
  const deadline = Date.now() + sealsWithinMs;
  for (;;) {
    const pass = await client.passes.show({ passId });
    if (pass.state === 'sealed' || pass.state === 'failed') return pass;
    if (Date.now() > deadline) throw new Error(`${passId} is still ${pass.state}`);
    await wait(500);
  }
}
