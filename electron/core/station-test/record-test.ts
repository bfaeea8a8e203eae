import { HelicalError } from '#shared/domain/errors.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { toNumber } from '#shared/domain/rational.ts';
import { stationTestTape } from '#shared/domain/station-test.ts';
import type { TapeDescription } from '#shared/domain/tape.ts';
import type { StationTestOptions, StationTestRequest } from './ports.ts';

/** Records the test signal as a pass of the test tape, to its seal; `signal` stops the recording in order. */
export async function recordTest(
  options: StationTestOptions,
  request: StationTestRequest,
  actorId: PersonId,
  signal?: AbortSignal,
): Promise<Pass> {
  const { capture } = options;
  const tape = options.findTape(stationTestTape) ?? options.registerTape(carrier, actorId);
  const { passId, video } = await capture.arm({
    tapeId: tape.id,
    selection: request.selection,
    sourceId: request.source,
    profileId: request.profileId,
    chainName: request.chainName,
    operatorId: actorId,
    durationS: request.seconds,
  });
  const work = options.beginWork({
    id: options.newId(),
    kind: 'measure',
    label: `self-test ${request.source}`,
    total: Math.round(request.seconds * toNumber(video.frameRate)),
    unit: 'frames',
  });
  using _progress = capture.onDidChange((session) => {
    if (session.passId === passId) work.progress(session.frames);
  });
  let stopping: Promise<unknown> | undefined;
  const stop = () => {
    stopping ??= capture.stop(passId, actorId).catch((error: unknown) => {
      // It had ended by itself.
      if (!(error instanceof HelicalError) || error.code !== 'WRONG_STATE') throw error;
    });
    // Awaited below; until then a failure must not count as nobody's.
    stopping.catch(() => {});
  };
  try {
    await capture.record(passId, actorId);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    const pass = await capture.whenSettled(passId);
    await stopping;
    return pass;
  } finally {
    signal?.removeEventListener('abort', stop);
    work.end();
  }
}

const carrier: TapeDescription = {
  identifier: stationTestTape,
  format: 'other',
  title: 'Test signal of the station',
  artist: '',
  standard: 'unknown',
  generation: 'unknown',
  condition: 'unknown',
  location: '',
  notes: 'No tape of the collection: each pass is a self-test of the station. It cannot go into a batch.',
};
