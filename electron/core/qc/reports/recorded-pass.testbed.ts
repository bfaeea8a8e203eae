import { type Pass, passSchema } from '#shared/domain/pass.ts';

/** A sealed pass of a second with nothing lost, but for what is named. */
export function recordedPass(named: Partial<Record<keyof Pass, unknown>> = {}): Pass {
  const [id, tapeId, operatorId] = ['3', '2', '1'].map((end) => `019a0000-0000-7000-8000-00000000000${end}`);
  return passSchema.parse({
    ...{ id, tapeId, operatorId, tapeIdentifier: 'VT-1', passNumber: 1, state: 'sealed' },
    ...{ sourceId: 'simulator', sourceDescription: 'Simulated deck', profileId: 'ffv1-10bit' },
    ...{ chainName: 'BVU-950P -> DPS-290', software: [{ name: 'ffmpeg', version: '5.1' }], audio: null },
    video: {
      ...{ width: 720, height: 576, frameRate: { num: 25, den: 1 }, fieldOrder: 'tff' },
      ...{ pixelFormat: 'yuv422p10le', standard: 'PAL' },
    },
    preparedAt: '2026-11-23T09:00:00.000Z',
    startedAt: '2026-11-23T09:01:00.000Z',
    endedAt: '2026-11-23T09:01:01.000Z',
    sealedAt: '2026-11-23T09:02:00.000Z',
    ...{ endReason: 'operator', failReason: null, frames: 25, droppedFrames: 0, lostFrames: 0 },
    lossBasis: 'none',
    sealChecks: [{ id: 'frame-hashes', ok: true, expected: 'all', measured: 'all' }],
    ...{ marks: [], alarms: [], ...named },
  });
}
