import type { Pass } from '#shared/domain/pass.ts';
import { toNumber } from '#shared/domain/rational.ts';
import type { Figure } from './figure.ts';

const megabyte = 1e6;
/** A noisy tape of full SD raster grows by about this much a second. */
const sdMasterMegabytesPerS = 12;

/** Figures of the recording itself: frames lost, its length, how fast it was and could have been written. */
export function recordingFigures(
  pass: Pick<Pass, 'frames' | 'droppedFrames' | 'lostFrames' | 'video'>,
  recording: { askedS: number; masterBytes: number; writeBytesPerS: number },
): Figure[] {
  const { video } = pass;
  const rate = toNumber(video.frameRate);
  const part = (video.width * video.height * rate) / (720 * 576 * 25);
  return [
    {
      id: 'frames-dropped',
      value: pass.droppedFrames + pass.lostFrames,
      unit: 'frames',
      most: 0,
      source: 'house rule: nothing is lost',
      missing: '',
      wrong: 'Frames were lost: this machine did not keep up, or the card lost its signal.',
    },
    {
      id: 'seconds',
      value: pass.frames / rate,
      unit: 's',
      // Sources give a frame more or less where a length is no whole number of frames.
      least: recording.askedS - 2 / rate,
      source: 'the length that was asked for',
      missing: '',
      wrong: 'The test signal ended before the test did.',
    },
    {
      id: 'master-rate',
      value: recording.masterBytes / megabyte / (pass.frames / rate),
      unit: 'MB/s',
      source: 'as recorded: a test picture is smaller than a tape',
      missing: '',
      wrong: '',
    },
    {
      id: 'disk-write',
      value: recording.writeBytesPerS / megabyte,
      unit: 'MB/s',
      least: 4 * sdMasterMegabytesPerS * part,
      source: 'house rule: four times a noisy master (12 MB/s for SD), with sync',
      missing: '',
      wrong: 'The disk of the masters is too slow: choose a local disk that nothing else writes to.',
    },
  ];
}
