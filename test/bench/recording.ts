import { stat } from 'node:fs/promises';
import type { HelicalClient } from '#hosts/attach.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { LiveMessage, Session } from '#shared/domain/live.ts';
import type { BenchContext } from './bench.ts';
import { writeRecipe } from './simulated-source.ts';

/** Pictures from the full one down: the first that this machine holds comfortably is taken. */
const rasters = [
  { width: 720, height: 576 },
  { width: 480, height: 384 },
  { width: 360, height: 288 },
  { width: 288, height: 224 },
  { width: 192, height: 144 },
];
/** What depends on pace is measured where the recorder alone would be twice fast enough (the issue's own rule). */
const comfortableSpeed = 2;

export interface PacedTape {
  recipePath: string;
  raster: string;
}

/**
 * Programmes that play in real time: one in the largest raster that this machine records twice as fast as it plays, by the engine's
 * own budget (which takes the noisy worst case), and one in the full raster where it holds that at all just now or `whole` is asked.
 */
export async function chooseTapes(
  client: HelicalClient,
  { folder, whole }: Pick<BenchContext, 'folder' | 'whole'>,
  seconds: number,
) {
  const said: string[] = [];
  let comfortable: PacedTape | undefined;
  let full: PacedTape | undefined;
  for (const raster of rasters) {
    const recipePath = await writeRecipe(folder, { raster, segments: [{ content: 'scene', seconds }] });
    const { speed } = await client.capture.budget({ source: `simulator:${recipePath}` });
    if (speed === null) throw new Error('the speed of this machine was not measured');
    const tape = { recipePath, raster: `${raster.width}x${raster.height}` };
    said.push(`${tape.raster} ${speed.toFixed(1)} x`);
    if (raster === rasters[0] && (whole || speed >= 1)) full = tape;
    comfortable = tape;
    if (speed >= comfortableSpeed) break;
  }
  if (!comfortable) throw new Error('no raster to choose from');
  return { comfortable, full, preflight: `Preflight: ${said.join(', ')}; taken: ${comfortable.raster}.` };
}

/** Registers a tape of this name, arms the recipe, and starts the recorder. */
export async function startRecording(
  client: HelicalClient,
  identifier: string,
  recipePath: string,
): Promise<PassId> {
  await client.tapes.register({ identifier, format: 'betacamsp', title: 'Bench', standard: 'PAL' });
  const { passId } = await client.capture.arm({ tape: identifier, source: `simulator:${recipePath}` });
  await client.capture.record({ passId });
  return passId;
}

/**
 * Listens as a screen does until the pass is settled. Throws where it does not end sealed, or lost a frame: its times would not be of
 * the whole work.
 */
export async function untilSealed(
  client: HelicalClient,
  passId: PassId,
  onSession: (session: Session, message: LiveMessage) => void = () => {},
) {
  const leaving = new AbortController();
  const messages = await client.live.subscribe(undefined, { signal: leaving.signal });
  try {
    for await (const message of messages) {
      const sessions = message.kind === 'snapshot' ? message.state.sessions : message.sessions;
      const session = sessions.find((one) => one.passId === passId);
      if (!session) continue;
      onSession(session, message);
      if (session.state !== 'sealed' && session.state !== 'failed') continue;
      const pass = await client.passes.show({ passId });
      if (pass.state === 'failed') throw new Error(`the pass failed: ${JSON.stringify(pass.sealChecks)}`);
      if (pass.state !== 'sealed') continue;
      if (pass.droppedFrames > 0) throw new Error(`${pass.droppedFrames} frames were dropped`);
      return pass;
    }
  } finally {
    await messages.return?.(undefined);
    leaving.abort();
  }
  throw new Error('the engine ended before the pass was sealed');
}

/** When the recorder closed this file, in milliseconds since 1970: for both sides, the end of recording. */
export async function closedAtMs(masterPath: string): Promise<number> {
  return (await stat(masterPath)).mtimeMs;
}
