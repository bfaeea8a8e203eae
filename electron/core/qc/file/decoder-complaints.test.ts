import { expect, it } from 'vitest';
import { qcEventSchema } from '#shared/domain/qc.ts';
import { listenToDecoders } from './decoder-complaints.ts';

/** What is told of a file of 100 pictures at 25 a second whose decoders said these lines. */
function told(lines: readonly string[], codecs = ['ffv1', 'pcm_s24le']) {
  const complaints = listenToDecoders(codecs, 0);
  for (const line of lines) complaints.take(line);
  return complaints
    .events(100, (seconds) => Math.round(seconds * 25))
    .map((event) => {
      expect(qcEventSchema.parse(event)).toEqual(event);
      return [event.startFrame, event.endFrame, event.severity];
    });
}

const crc = (seconds: string) => `[ffv1 @ 0x55ae7fe06600] slice CRC mismatch FB3574FA!${seconds}`;
const refused = 'Error while decoding stream #0:0: Invalid data found when processing input';

it.each([
  ['nothing', [], []],
  [
    'slices of one picture, and of the next',
    [
      crc('at 0.600000 seconds'),
      '[ffv1 @ 0x55] bytestream end mismatching by -7',
      crc('at 0.600000 seconds'),
      crc(' at 0.640000 seconds'),
    ],
    [[15, 16, 'fail']],
  ],
  [
    'two places, out of order',
    [crc('at 2.000000 seconds'), crc('at 0.000000 seconds')],
    [
      [0, 0, 'fail'],
      [50, 50, 'fail'],
    ],
  ],
  ['a slice of a picture that has no time', [crc('')], [[0, 99, 'fail']]],
  ['a picture that cannot be decoded', ['[ffv1 @ 0x55] read_quant_table error', refused], [[0, 99, 'fail']]],
  [
    'the same in newer words',
    ['[vist#0:0/ffv1 @ 0x55] [dec:ffv1 @ 0x56] Error submitting packet to decoder: Invalid data'],
    [[0, 99, 'fail']],
  ],
  [
    'a packet of sound that is none',
    ['Error while decoding stream #0:1: Invalid data found when processing input'],
    [[0, 99, 'warn']],
  ],
  [
    'slices, and a picture that cannot be decoded',
    [crc('at 1.000000 seconds'), refused],
    [
      [25, 25, 'fail'],
      [0, 99, 'fail'],
    ],
  ],
  [
    'what others say',
    [
      '[framecrc @ 0x55] Application provided invalid, non monotonically increasing dts',
      '[graph 0 input from stream 0:0 @ 0x5] changing video frame properties',
      '[mp3 @ 0x55] Estimating duration',
    ],
    [],
  ],
])('tells what decoders say: %s', (_, lines, events) => {
  expect(told(lines)).toEqual(events);
});

it('listens to any codec of the file, and not to its container', () => {
  const lines = [
    '[h264 @ 0x55] error while decoding MB 12 3, bytestream -5',
    '[mov,mp4 @ 0x55] stream 0, timescale not set',
  ];
  expect(told(lines, ['h264', 'aac'])).toEqual([[0, 99, 'warn']]);
  expect(told(lines, ['prores'])).toEqual([]);
  expect(told(['[mpeg2video @ 0x55] Invalid frame dimensions 0x0.'], ['mpeg2video'])).toEqual([]);
  expect(told(['[mp3float @ 0x55] Header missing'], ['mp3'])).toEqual([[0, 99, 'warn']]);
});

it('stays short where every other picture is damaged', () => {
  const complaints = listenToDecoders(['ffv1']);
  for (let frame = 0; frame < 5_000; frame += 2)
    complaints.take(crc(`at ${(frame / 25).toFixed(6)} seconds`));
  const events = complaints.events(5_000, (seconds) => Math.round(seconds * 25));
  expect(events).toHaveLength(200);
  expect(events.at(-1)).toMatchObject({ startFrame: 398, endFrame: 4_998 });
});
