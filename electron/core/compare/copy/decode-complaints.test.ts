import { expect, it } from 'vitest';
import type { MediaDescription } from '#core/ffmpeg/probe.ts';
import { createComplaints } from './decode-complaints.ts';

const media = (format: string, codec: string) =>
  ({ format, audio: [], video: [{ codec }] }) as unknown as MediaDescription;
const master = media('matroska,webm', 'ffv1');
const copy = media('mov,mp4,m4a,3gp,3g2,mj2', 'h264');

function found(text: string, [a, b] = [master, copy]) {
  const complaints = createComplaints(a, b);
  // As pipes cut it, anywhere.
  for (let at = 0; at < text.length; at += 7) complaints.read(text.slice(at, at + 7));
  return complaints.found();
}

it('tells by who speaks of which of two files a decoder complains', () => {
  expect(found('')).toEqual({});
  const words = [
    '[ffv1 @ 0x5581aabbcc00] slice CRC mismatch 5AD4E1F3!at 0.040000 seconds',
    '[ffv1 @ 0x5581aabbdd00] slice CRC mismatch 1AD4E1F3!at 0.080000 seconds',
    '[h264 @ 0x5581aabbee00] error while decoding MB 3 4, bytestream -5',
    '[mov,mp4,m4a,3gp,3g2,mj2 @ 0x5581aabb] stream 0, offset 0x30: partial file',
  ];
  expect(found(`${words.join('\n')}\n`)).toEqual({
    a: { count: 2, first: 'slice CRC mismatch 5AD4E1F3!at 0.040000 seconds' },
    b: { count: 2, first: 'error while decoding MB 3 4, bytestream -5' },
  });
});

it('tells it by the number of the input where that is said, in the words of ffmpeg 5 and of later ones', () => {
  const alike: [MediaDescription, MediaDescription] = [master, master];
  expect(found('Error while decoding stream #1:0: Invalid data found', alike)).toEqual({
    b: { count: 1, first: 'Error while decoding stream #1:0: Invalid data found' },
  });
  const later = '[vist#0:0/ffv1 @ 0x55d0] [dec:ffv1 @ 0x55d1] Error submitting packet to decoder';
  expect(found(later, alike)).toEqual({ a: { count: 1, first: 'Error submitting packet to decoder' } });
});

it('says that it is one of both where the words do not tell', () => {
  const said = found('[ffv1 @ 0x5581aabbcc00] slice CRC mismatch', [master, master]);
  expect(said).toEqual({ either: { count: 1, first: 'slice CRC mismatch' } });
});
