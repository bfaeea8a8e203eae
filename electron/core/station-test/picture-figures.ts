import type { VideoFormat } from '#shared/domain/formats.ts';
import { type Rational, toNumber } from '#shared/domain/rational.ts';
import type { MeasuredBar } from './bars.ts';
import type { Figure } from './figure.ts';
import type { RecordingMeasures } from './measure-recording.ts';
import { signalToNoiseDb } from './picture-noise.ts';

const codes = 'ITU-R BT.471 bars in the codes of BT.601 (HD: BT.709); tolerance: house limit';
const house = 'house limit';
const noBars = 'No colour bars were found: play bars over the whole picture, and test again.';

/** Figures of the picture: each bar, all colours together, noise, fields, shape of the pixels. */
export function pictureFigures(
  { bars, fieldMotion }: RecordingMeasures,
  picture: {
    video: VideoFormat;
    /** As the master's tags say, and as the profile asks. */
    sampleAspect: { measured: Rational | undefined; expected: Rational };
    isMotionRequired: boolean;
  },
): Figure[] {
  const { video, sampleAspect, isMotionRequired } = picture;
  const order = { tff: 1, bff: -1, progressive: 0 }[video.fieldOrder];
  const expectedAspect = toNumber(sampleAspect.expected);
  return [
    ...levels(bars?.bars),
    {
      id: 'chroma-gain',
      value: bars?.chroma.gainDb,
      unit: 'dB',
      least: -0.5,
      most: 0.5,
      source: house,
      missing: noBars,
      wrong: 'All colours are too weak or too strong: correct the saturation of the proc amp.',
    },
    {
      id: 'chroma-hue',
      value: bars?.chroma.hueDeg,
      unit: '°',
      least: -3,
      most: 3,
      source: house,
      missing: noBars,
      wrong: 'All colours are turned: correct the hue, or the phase of the subcarrier.',
    },
    {
      id: 'noise-luma',
      value: bars && signalToNoiseDb(bars.noise.luma, 876),
      unit: 'dB',
      least: 40,
      source: 'house limit, not weighted; a deck of the consumer kind reaches about 43 dB on a good tape',
      missing: noBars,
      wrong: 'The picture is noisier than any deck should be: look at cables, terminations and heads.',
    },
    {
      id: 'noise-chroma',
      value: bars && signalToNoiseDb(bars.noise.chroma, 896),
      unit: 'dB',
      least: 36,
      source: 'house limit, not weighted',
      missing: noBars,
      wrong: 'The colours are noisier than any deck should be: look at cables, terminations and heads.',
    },
    {
      id: 'field-order',
      value: order === 0 || fieldMotion === undefined ? undefined : fieldMotion * order + 0,
      unit: '',
      least: 0.25,
      source: 'steady motion gives 0.5 with the fields in the order that the file says, -0.5 in the other',
      isRequired: isMotionRequired && order !== 0,
      missing:
        order === 0
          ? 'The picture is progressive.'
          : 'Nothing moved in the picture: the order of the fields was not measured.',
      wrong: 'The fields are not in the order that the file says: correct the field order of the card.',
    },
    {
      id: 'sample-aspect',
      value: sampleAspect.measured && toNumber(sampleAspect.measured),
      unit: '',
      least: expectedAspect - 0.001,
      most: expectedAspect + 0.001,
      source: 'the master profile',
      missing: 'The file does not say the shape of its pixels.',
      wrong: 'The file does not say the shape of pixels that the profile asks for.',
    },
  ];
}

/** White and black within 2 % and 1 % of the range, the other bars within 3 %. */
function levels(bars: readonly MeasuredBar[] | undefined): Figure[] {
  const level = (name: string): MeasuredBar | undefined => bars?.find((bar) => bar.name === name);
  const [white, black] = [level('white'), level('black')];
  const luma = (
    id: string,
    bar: MeasuredBar | undefined,
    usual: number,
    toleranceCodes: number,
    wrong: string,
  ) => ({
    id,
    value: bar?.measured[0],
    unit: 'code',
    least: (bar?.expected[0] ?? usual) - toleranceCodes,
    most: (bar?.expected[0] ?? usual) + toleranceCodes,
    source: codes,
    missing: noBars,
    wrong,
  });
  return [
    luma('luma-white', white, 940, 18, 'White is off: correct the video level of the proc amp.'),
    luma('luma-black', black, 64, 9, 'Black is off: correct the black level (setup) of the proc amp.'),
    ...(bars ?? [])
      .filter(({ name }) => name !== 'white' && name !== 'black')
      .flatMap(({ name, expected, measured }) =>
        (['y', 'cb', 'cr'] as const).map((component, index) => ({
          id: `bar-${name}-${component}`,
          value: measured[index],
          unit: 'code',
          least: (expected[index] as number) - 27,
          most: (expected[index] as number) + 27,
          source: codes,
          missing: noBars,
          wrong: `The ${name} bar is off by more than 3 % of the range.`,
        })),
      ),
  ];
}
