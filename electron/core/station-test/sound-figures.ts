import type { VideoFormat } from '#shared/domain/formats.ts';
import type { Figure } from './figure.ts';
import type { RecordingMeasures } from './measure-recording.ts';

const noTone = 'No steady tone was found on this channel: play line-up tone on all channels, and test again.';
const noClap = 'No clapper was found: the offset of sound and picture was not measured.';

/** Figures of the sound: each channel's tone, phase and order of the channels, and sound against picture. */
export function soundFigures(
  measures: RecordingMeasures,
  sound: {
    standard: VideoFormat['standard'];
    /** Where another level than the standard's was played. */
    toneDbfs: number | undefined;
    channels: number;
    isClapperRequired: boolean;
  },
): Figure[] {
  const level = toneLevel(sound.standard, sound.toneDbfs);
  const channels = Array.from({ length: Math.max(1, sound.channels) }, (_, index) => index + 1);
  return [
    ...channels.flatMap((channel) => toneFigures(measures, channel, level)),
    ...channels.slice(1).map((channel) => phaseFigure(measures, channel)),
    {
      id: 'left-channel',
      value: measures.leftChannel,
      unit: '',
      least: 1,
      most: 1,
      source: 'EBU Tech 3304: line-up tone is interrupted on the left channel',
      isRequired: false,
      missing:
        'No channel is marked as left: the tone is not interrupted on one channel of the first pair alone.',
      wrong: 'What is marked as the left channel arrives as the right one: the channels are swapped.',
    },
    {
      id: 'audio-offset',
      value: measures.soundOffset?.ms,
      unit: 'ms',
      least: -40,
      most: 60,
      source:
        'EBU R 37: sound at most 40 ms early and 60 ms late; measured to the frame that the flash begins in',
      isRequired: sound.isClapperRequired,
      missing: noClap,
      wrong: 'Sound and picture are apart: set the delay of the chain.',
    },
    ...(measures.soundDriftMs === undefined
      ? []
      : [
          {
            id: 'audio-drift',
            value: measures.soundDriftMs,
            unit: 'ms',
            least: -20,
            most: 20,
            source: 'house limit, from the first half minute of the test to the last: half a frame of PAL',
            missing: noClap,
            wrong: 'Sound and picture run apart: they are not on one clock.',
          },
        ]),
  ];
}

/** Peak of line-up tone in dBFS, and who says so. Houses differ: German ones line up at -9. */
function toneLevel(standard: VideoFormat['standard'], played: number | undefined): ToneLevel {
  if (played !== undefined) return { dbfs: played, source: 'as the operator says that it was played' };
  return standard === 'NTSC'
    ? { dbfs: -20, source: 'SMPTE RP 155: -20 dBFS' }
    : { dbfs: -18, source: 'EBU R 68: -18 dBFS' };
}

interface ToneLevel {
  dbfs: number;
  source: string;
}

function toneFigures({ tones }: RecordingMeasures, channel: number, { dbfs, source }: ToneLevel): Figure[] {
  const tone = tones[channel - 1];
  return [
    {
      id: `tone-${channel}-level`,
      value: tone?.levelDbfs,
      unit: 'dBFS',
      least: dbfs - 1,
      most: dbfs + 1,
      source: `${source}; tolerance: house limit`,
      missing: noTone,
      wrong: `Channel ${channel} is too loud or too soft: correct its level before the converter.`,
    },
    {
      id: `tone-${channel}-frequency`,
      value: tone?.frequencyHz,
      unit: 'Hz',
      least: 990,
      most: 1010,
      source: 'line-up tone of EBU R 68 and SMPTE RP 155: 1 kHz; 1 %: house limit',
      missing: noTone,
      wrong: 'The tone is not at 1 kHz: another tone was played, or the tape runs at a wrong speed.',
    },
    {
      id: `tone-${channel}-distortion`,
      value: tone?.distortionDb,
      unit: 'dB',
      most: -30,
      source: 'house limit, noise, hum and distortion together: about 3 %, the reference of analogue tape',
      missing: noTone,
      wrong: `Channel ${channel} has noise, hum or distortion beside the tone.`,
    },
  ];
}

function phaseFigure({ phasesDeg }: RecordingMeasures, channel: number): Figure {
  return {
    id: `tone-${channel}-phase`,
    value: phasesDeg[channel - 2],
    unit: '°',
    least: -30,
    most: 30,
    source: 'house limit, against channel 1 at 1 kHz: 180 is a channel wired the wrong way round',
    missing: noTone,
    wrong: `Channel ${channel} is not in phase with channel 1: look for a connector wired the wrong way round.`,
  };
}
