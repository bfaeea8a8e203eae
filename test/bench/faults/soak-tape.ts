import { join } from 'node:path';
import { readFrameNumbers } from '#core/devices/simulator/read-frame-numbers.ts';
import { type Bench, worstRow } from '../bench.ts';
import { memoryTrend, sampleMemory } from '../process-memory.ts';
import { startRecording, untilSealed } from '../recording.ts';
import { startServedEngine } from '../served-engine.ts';
import { writeRecipe } from '../simulated-source.ts';

const defaultSeconds = 3 * 3600;
const framesPerSecond = 25;
const raster = { width: 160, height: 80 };
const growthBudgetMib = 32;

/** A tape of three hours, read as fast as the recorder takes it: nothing in the engine may grow with the tape. */
export const soakTape: Bench = {
  name: 'faults/soak-tape',
  async run({ folder, ffmpeg, say, seconds = defaultSeconds }) {
    const dataDir = join(folder, 'data');
    const recipePath = await writeRecipe(folder, {
      raster,
      pace: 'unpaced',
      segments: [{ content: 'scene', seconds }],
    });
    await using engine = await startServedEngine(dataDir);
    const startedAtMs = performance.now();
    const passId = await startRecording(engine.client, 'LONG', recipePath);
    const ending = new AbortController();
    const memory = sampleMemory(engine.pid, ending.signal);
    let recordedS = 0;
    let toldFrames = 0;
    const pass = await untilSealed(engine.client, passId, ({ state, frames }) => {
      if (frames - toldFrames >= 25_000) {
        toldFrames = frames;
        say(`${frames} frames`);
      }
      if (state === 'recording') recordedS = (performance.now() - startedAtMs) / 1000;
    }).finally(() => ending.abort());
    const sealedS = (performance.now() - startedAtMs) / 1000;
    const { growthMib, inWords } = memoryTrend(await memory);
    const expected = Math.round(seconds * framesPerSecond);
    const numbers = await readFrameNumbers(join(dataDir, 'masters', 'LONG', 'LONG_p1.mkv'), ffmpeg);
    const inPlace = numbers.filter((number, frame) => number === frame).length;
    const row = (name: string, what: string, unit: string, limit: number, worst: number, notes: string[]) =>
      worstRow(
        {
          name: `faults/soak-tape/${name}`,
          what,
          unit,
          budget: { of: 'value', limit: 'at-most', value: limit },
          notes,
        },
        worst,
        1,
      );
    const hours = (seconds / 3600).toFixed(2);
    return [
      row(
        'lost',
        `Frames lost of a simulated tape of ${hours} h (${expected} frames)`,
        'frames',
        0,
        expected - inPlace,
        [
          `${pass.state}; ${inPlace} frames read back in their places; recorded in ${recordedS.toFixed(0)} s, sealed after ${sealedS.toFixed(0)} s, ${raster.width}x${raster.height}, as fast as it goes.`,
          `Alarms: ${pass.alarms.map(({ kind }) => kind).join(', ') || 'none'}. Seal: ${pass.sealChecks.length} checks, all hold.`,
        ],
      ),
      row(
        'memory',
        "Growth of the engine's memory over it, last third against first",
        'MiB',
        growthBudgetMib,
        growthMib,
        [inWords],
      ),
    ];
  },
};
