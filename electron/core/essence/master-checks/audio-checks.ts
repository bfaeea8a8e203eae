import type { SoundModeChange } from '../dv-sound.ts';
import { finding, frameDurationMs, type MasterCheck } from '../master-check.ts';
import type { TrackFacts } from '../matroska-facts.ts';
import { soundEndMs, startOfTrackMs } from './matroska-checks.ts';

/** Number, order and format of the audio tracks. */
export const audioFormat: MasterCheck = {
  id: 'audio-format',
  judge({ facts, expectation }) {
    if (!expectation.audioTracks) return undefined;
    const tracks = facts.tracks.filter((track) => track.type === 'audio');
    const expected = expectation.audioTracks.map((track) => nameOf(track)).join('; ') || 'no sound';
    const measured = tracks.map(measuredFormat).join('; ') || 'no sound';
    return finding(
      expected === measured,
      expected,
      measured,
      'The audio tracks are not as the profile says.',
    );
  },
};

function nameOf(track: { channels: number; bitDepth: number | undefined; sampleRateHz: number }): string {
  return `${track.channels} ch ${track.bitDepth ?? '?'} bit ${track.sampleRateHz} Hz`;
}

function measuredFormat(track: TrackFacts): string {
  const lossless = track.codecId === 'A_PCM/INT/LIT' || track.codecId === 'A_FLAC';
  const format = track.audio ? nameOf({ ...track.audio, bitDepth: track.audio.bitDepth }) : 'no format';
  return lossless ? format : `${format} ${track.codecId}`;
}

/** A transport stream may carry sound and picture of one moment up to a second apart (ISO/IEC 13818-1, 2.4.2). */
const codedApartMs = 1_000;

/** Samples are written in blocks of 40 ms; a stop in mid tape leaves out the one that is not full. */
const blockMs = 40;

/**
 * Sound and picture begin and end together, within a frame; in a tape's own stream with coded sound, as close as it carries them. A stop
 * in mid tape comes between a picture and its sound, and in mid block.
 */
export const audioLength: MasterCheck = {
  id: 'audio-length',
  judge({ facts, expectation, soundChanges = [] }, video) {
    const tracks = facts.tracks.filter((track) => track.type === 'audio');
    if (tracks.length === 0) return undefined;
    const frameMs = frameDurationMs(expectation);
    const videoStartMs = startOfTrackMs(facts, video);
    const videoEndMs = videoStartMs + (video?.blocks.count ?? 0) * frameMs;
    const lateMs = tracks.map((track) => startOfTrackMs(facts, track) - videoStartMs);
    const offsets = tracks.map((track) => {
      const endMs = soundEndMs(facts, track);
      return endMs === undefined ? undefined : endMs - videoEndMs;
    });
    const isCoded = tracks.some(({ codecId }) => !codecId.startsWith('A_PCM/'));
    const apartMs = expectation.essence === 'native' && isCoded ? codedApartMs : frameMs;
    const endsApartMs = apartMs + (expectation.stoppedInMidTape ? blockMs : 0);
    const startsApart = lateMs.some((late) => Math.abs(late) > apartMs);
    const endsApart = offsets.some((offset) => offset === undefined || Math.abs(offset) > endsApartMs);
    const measured = offsets
      .map((offset) => (offset === undefined ? 'unknown' : `${offset.toFixed(1)} ms`))
      .join('; ');
    const begins = startsApart ? `, begins ${lateMs.map((late) => `${late.toFixed(1)} ms`).join('; ')}` : '';
    return finding(
      !startsApart && !endsApart,
      `within ${endsApartMs.toFixed(1)} ms of the picture${expectation.stoppedInMidTape ? ', stopped in mid tape' : ''}`,
      `${measured}${begins}`,
      [
        startsApart ? 'Sound and picture do not begin together.' : 'Sound and picture are not equally long.',
        ...changesInWords(soundChanges),
      ].join(' '),
    );
  },
};

/** A track has one sampling frequency: sound of another one leaves holes in it. The tape's own frames have all of it. */
function changesInWords(changes: readonly SoundModeChange[]): string[] {
  if (changes.length === 0) return [];
  const named = changes
    .slice(0, 5)
    .map(({ frame, fromHz, toHz }) => `at frame ${frame} (${fromHz} to ${toHz} Hz)`)
    .join(', ');
  const more = changes.length > 5 ? ` and ${changes.length - 5} more times` : '';
  return [
    `The tape changes the mode of its sound ${named}${more}: the PCM track has holes from there on, and the DV stream of this master has the sound whole.`,
    'Capture the parts as passes of their own, each with one mode.',
  ];
}
