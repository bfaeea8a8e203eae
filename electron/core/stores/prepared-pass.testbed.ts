import { type EventPayload, parsePayload } from '#shared/domain/events.ts';

type Prepared = EventPayload<'pass.prepared'>;

/** What the log keeps of a pass that is armed: PAL with two channels from the simulator, but for what is named. */
export function preparedPass(
  ids: Record<'passId' | 'tapeId' | 'operatorId', string>,
  named: Partial<Prepared> = {},
): Prepared {
  return parsePayload('pass.prepared', {
    ...ids,
    passNumber: 1,
    sourceId: 'simulator',
    sourceDescription: 'simulator',
    profileId: 'ffv1-10bit',
    profileSha256: 'a'.repeat(64),
    chainName: 'BVU-950P -> DPS-290',
    video: {
      width: 720,
      height: 576,
      frameRate: { num: 25, den: 1 },
      fieldOrder: 'tff',
      pixelFormat: 'yuv422p10le',
      standard: 'PAL',
    },
    audio: { channels: 2, sampleRateHz: 48_000 },
    software: [{ name: 'ffmpeg', version: '5.1' }],
    ...named,
  }) as Prepared;
}
