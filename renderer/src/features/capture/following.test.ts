import { expect, test } from 'vitest';
import { metersNow, pictureNow } from './following.ts';

const session = {
  frames: 405,
  lagS: null,
  video: {
    ...{ width: 720, height: 576, fieldOrder: 'tff', pixelFormat: 'yuv422p10le', standard: 'PAL' },
    frameRate: { num: 25, den: 1 },
  },
  gaveWay: [],
  pictureFrame: 399,
  meteredFrames: 400,
} as const satisfies Parameters<typeof pictureNow>[0];
type Given = Parameters<typeof pictureNow>[0];

test('a picture and meters that keep up are live', () => {
  expect(pictureNow(session)).toEqual({ is: 'live', place: '00:00:15', behindS: 0.2 });
  expect(metersNow(session)).toMatchObject({ is: 'live', place: '00:00:15' });
});

test('a picture is not live while the recorder that it comes from stands still', () => {
  expect(pictureNow({ ...session, lagS: 5.5 })).toMatchObject({ is: 'behind', behindS: 5.7 });
});

test('a picture that stands still says about where it is from, to the second, and how far behind', () => {
  const held: Given = { ...session, pictureFrame: 18 };
  expect(pictureNow(held)).toEqual({ is: 'behind', place: '00:00:00', behindS: 15.44 });
  expect(pictureNow({ ...held, gaveWay: ['access', 'live-picture'] }).is).toBe('gave-way');
  // What gave way for the picture is no word on the meters.
  expect(metersNow({ ...held, gaveWay: ['live-picture'] }).is).toBe('live');
});

test('meters that were left behind say so by themselves', () => {
  const held: Given = { ...session, meteredFrames: 26 };
  expect(metersNow(held)).toMatchObject({ is: 'behind', place: '00:00:01' });
  expect(metersNow({ ...held, gaveWay: ['samples'] }).is).toBe('gave-way');
});
