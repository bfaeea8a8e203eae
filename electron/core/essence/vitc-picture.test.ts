import { expect, test } from 'vitest';
import { rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { vitcBits } from './vitc.ts';
import { drawVitcLine } from './vitc-line.ts';
import { createVitcPictureReader, vitcLines, vitcSystemOf } from './vitc-picture.ts';

const video = {
  ...{ width: 720, height: 576, frameRate: rational(25), fieldOrder: 'tff' as const },
  ...{ pixelFormat: 'yuv422p10le', standard: 'PAL' as const },
};

/** The top of a picture with VITC of a frame in these lines, the even ones of the first field. */
function picture(timecode: string, lines: readonly number[]): Uint8Array {
  const luma = new Uint8Array(720 * vitcLines).fill(40);
  for (const line of lines) {
    const field = line % 2 === 0 ? 1 : 2;
    const drawn = drawVitcLine(vitcBits({ timecode, field, userBits: '12345678' }, 'PAL'), 720, 'PAL');
    luma.set(
      Uint8Array.from(drawn, (level) => level >> 2),
      line * 720,
    );
  }
  return luma;
}

const at = (frame: number) => formatTimecode(frame, rational(25));

test('a value that two lines say is read at once, wherever they lie', () => {
  const reader = createVitcPictureReader(video, 'PAL');
  expect(reader.read(picture(at(1000), [24, 25]))).toEqual({
    timecode: at(1000),
    field: 1,
    userBits: '12345678',
  });
  expect(reader.read(picture(at(7), [0, 5]))?.timecode).toBe(at(7));
});

test('a value that one line says counts only when it goes on from the frame before', () => {
  const reader = createVitcPictureReader(video, 'PAL');
  const said = [100, 101, 102, 500, 501, 503].map((frame) => reader.read(picture(at(frame), [3]))?.timecode);
  expect(said).toEqual([undefined, at(101), at(102), undefined, at(501), undefined]);
});

test('a tape that has it only now and then is found again', () => {
  const reader = createVitcPictureReader(video, 'PAL');
  for (let frame = 0; frame < 200; frame++) expect(reader.read(picture('', []))).toBeUndefined();
  const said = Array.from({ length: 20 }, (_, index) => reader.read(picture(at(index), [10, 11]))?.timecode);
  expect(said.slice(5)).toEqual(Array.from({ length: 15 }, (_, index) => at(index + 5)));
});

test('only standard definition may carry it', () => {
  expect(vitcSystemOf(video)).toBe('PAL');
  expect(vitcSystemOf({ ...video, frameRate: rational(30000, 1001) })).toBe('NTSC');
  expect(vitcSystemOf({ ...video, width: 1920 })).toBeUndefined();
  expect(vitcSystemOf({ ...video, frameRate: rational(50) })).toBeUndefined();
});
