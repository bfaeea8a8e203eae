import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecorderLogLine } from './recorder-log.ts';

test.each([
  [
    "[Parsed_crop_0 @ 0x5575b1ffbc00] [error] Invalid too big or non positive size for width '-2' or height '120'",
    { kind: 'raster-changed' },
  ],
  [
    '[error] Error while decoding stream #0:0: Invalid data found when processing input',
    { kind: 'undecodable' },
  ],
  [
    '[vist#0:0/v210 @ 0x55d] [dec:v210 @ 0x55e] [error] Error submitting packet to decoder: Invalid data found when processing input',
    { kind: 'undecodable' },
  ],
  ['[vist#0:0/v210 @ 0x5] [dec:v210 @ 0x6] [error] Decoding error: Invalid data', { kind: 'undecodable' }],
  [
    '[matroska,webm @ 0x5562470e4980] [error] 0x00 at pos 69302836 (0x4217a34) invalid as first byte of an EBML number',
    { kind: 'damaged-stream' },
  ],
  ['[warning] tape.m2t: corrupt input packet in stream 0', { kind: 'damaged-stream' }],
  [
    '[error] tcp://127.0.0.1:36083: Connection reset by peer',
    { kind: 'input-lost', detail: 'Connection reset by peer' },
  ],
  [
    '[in#0/matroska,webm @ 0x55] [error] Error during demuxing: Connection reset by peer',
    { kind: 'input-lost', detail: 'Connection reset by peer' },
  ],
  [
    '[video4linux2,v4l2 @ 0x55] [error] ioctl(VIDIOC_DQBUF): No such device',
    { kind: 'input-lost', detail: 'No such device' },
  ],
  ['[info] Exiting normally, received signal 15.', { kind: 'ended-by-signal', signal: 15 }],
  ['[error] /dev/video0: Input/output error', { kind: 'input-lost', detail: 'Input/output error' }],
])('%s', (line, remark) => {
  expect(readRecorderLogLine(line)).toEqual(remark);
});

test.each([
  '[error] av_interleaved_write_frame(): Input/output error',
  '[out#0/matroska @ 0x55] [error] Error writing trailer: Input/output error',
  '[mux#0/matroska @ 0x55] [error] Task failed: Input/output error',
  '[error] Error writing trailer of A-1_p1.mkv: Input/output error',
  '[info] frame=  120 fps= 24 q=-0.0 size=    2167kB time=00:00:05.00 bitrate=3550.1kbits/s speed=1.01x',
  '[matroska,webm @ 0x5] [warning] Seek to desired resync point failed. Seeking to earliest point available instead.',
  "[other @ 0x5] [error] Invalid too big or non positive size for width '-2' or height '120'",
  '',
])('says nothing of the source: %s', (line) => {
  expect(readRecorderLogLine(line)).toBeUndefined();
});

test('takes any line without a word', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (noise) => {
      readRecorderLogLine(noise);
      readRecorderLogLine(`[x @ 0x1] [error] ${noise}`);
    }),
  );
});
