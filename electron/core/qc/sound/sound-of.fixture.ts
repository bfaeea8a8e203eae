import type { Series } from '../series.ts';
import type { SoundFormat, SoundInstrumentKind } from './instrument.ts';
import { openSoundInstruments } from './open-sound.ts';
import { soundInstruments } from './registry.ts';
import { firstSampleOf } from './sound-pieces.ts';

/**
 * What instruments (all of the registry, if none are named) say of sound: columns as checks read them. `channels`: samples
 * of each channel, full scale is 1. What does not fill a picture at the end is left out.
 */
export function measureSound(
  channels: readonly Float32Array[],
  choice: Partial<Omit<SoundFormat, 'channels'>> = {},
  kinds: readonly SoundInstrumentKind[] = soundInstruments,
): Series & { costMs: { name: string; ms: number }[] } {
  const format: SoundFormat = {
    ...{ sampleRateHz: 48_000, frameRate: { num: 25, den: 1 } },
    ...choice,
    channels: channels.length,
  };
  const { sampleRateHz, frameRate } = format;
  const samples = channels[0]?.length ?? 0;
  let frames = 0;
  while (firstSampleOf(frames + 1, sampleRateHz, frameRate) <= samples) frames++;
  const measures = kinds.flatMap((kind) => kind.measures(channels.length));
  const columns = new Map(measures.map(({ id }) => [id, new Float32Array(frames)]));
  const open = openSoundInstruments(format, kinds);
  const values = new Float32Array(measures.length);
  for (let frame = 0; frame < frames; frame++) {
    const [from, to] = [frame, frame + 1].map((one) => firstSampleOf(one, sampleRateHz, frameRate));
    open.measure(
      channels.map((channel) => channel.subarray(from, to)),
      values,
      0,
    );
    for (const [at, { id }] of measures.entries()) {
      (columns.get(id) as Float32Array)[frame] = values[at] as number;
    }
  }
  return {
    ...{ frames, frameRate, bitDepth: 10, standard: 'other', channels: channels.length },
    column: (id) => columns.get(id) ?? new Float32Array(frames).fill(Number.NaN),
    costMs: open.costMs(),
  };
}
