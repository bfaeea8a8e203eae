import type { CopyLine } from '#shared/domain/copy-certificate.ts';
import { copyLine } from './copy-line.ts';
import type { MeasuredCopy } from './measured-copy.ts';

/** Half a frame of AAC: 512 of 48,000 samples. */
const mostLagMs = 11;
/** What the lag may change from head to tail. */
const mostDriftMs = 5;

/** Lines on the sound; none where there is none on either side. */
export function judgeSound(copy: MeasuredCopy): CopyLine[] {
  const { expected, described } = copy;
  const channels = described.audio.reduce((sum, track) => sum + track.channels, 0);
  if (expected.audioChannels === 0 && channels === 0) return [];
  const sound = copyLine('sound', channels === expected.audioChannels, {
    expected: `${expected.audioChannels} channels`,
    measured: `${channels} channels`,
    values: { channels },
    source: 'The recipe keeps every channel.',
  });
  return channels === 0 || expected.audioChannels === 0 ? [sound] : [sound, sync(copy), drift(copy)];
}

function sync({ syncMs, syncWindows }: MeasuredCopy): CopyLine {
  return copyLine('sync', syncMs === null ? undefined : Math.abs(syncMs) <= mostLagMs, {
    expected: `sound within ${mostLagMs} ms of the picture, everywhere`,
    measured:
      syncMs === null
        ? 'there is nothing in the sound to tell it by'
        : `${Math.abs(syncMs).toFixed(1)} ms ${syncMs < 0 ? 'early' : 'late'} at most, of ${syncWindows.length} places`,
    values: { syncMs: syncMs ?? 0, places: syncWindows.length },
    source: 'Own: half a frame of AAC. People notice 45 ms early, 125 ms late (ITU-R BT.1359).',
  });
}

function drift({ driftPpm, syncWindows }: MeasuredCopy): CopyLine {
  const spanS = (syncWindows.at(-1)?.atS ?? 0) - (syncWindows[0]?.atS ?? 0);
  const driftMs = ((driftPpm ?? 0) * spanS) / 1000;
  return copyLine('drift', driftPpm === null ? undefined : Math.abs(driftMs) <= mostDriftMs, {
    expected: `no more than ${mostDriftMs} ms from head to tail`,
    measured:
      driftPpm === null ? 'too few places to tell' : `${driftMs.toFixed(1)} ms, ${driftPpm.toFixed(1)} ppm`,
    values: { driftMs, driftPpm: driftPpm ?? 0 },
    source: 'Own: a copy of a file has the clock of that file.',
  });
}
