import { expect, it } from 'vitest';
import { parseAlsaCards } from './alsa-cards.ts';
import * as listing from './sources-listing.fixture.ts';
import { parseSources } from './sources-listing.ts';

it('reads sources of every form', () => {
  expect(parseSources(listing.v4l2Sources4)?.map(({ name }) => name)).toEqual(['/dev/video1', '/dev/video0']);
  expect(parseSources(listing.v4l2Sources51)).toEqual([
    { name: '/dev/video0', description: 'stk1160', isDefault: false },
    { name: '/dev/video1', description: 'HD Webcam C615 [046d:082c]', isDefault: false },
  ]);
  expect(parseSources(listing.alsaSources51)?.map(({ name }) => name)).toEqual(['null']);
  expect(parseSources(listing.alsaSourcesGrabber)?.map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ['null', false],
    ['default', true],
    ['hw:CARD=PCH,DEV=0', false],
    ['hw:CARD=stk1160mixer,DEV=0', false],
    ['plughw:CARD=stk1160mixer,DEV=0', false],
  ]);
});

it('tells a build without the device from one that finds nothing', () => {
  expect(parseSources('')).toBeUndefined();
  expect(parseSources(listing.noSources51)).toEqual([]);
});

it('reads sound cards and which of their devices record', () => {
  expect(parseAlsaCards(listing.asoundCards, listing.asoundPcm)).toEqual([
    { index: 0, id: 'PCH', name: 'HDA Intel PCH', captureDevices: [0] },
    { index: 1, id: 'stk1160mixer', name: 'stk1160', captureDevices: [0] },
  ]);
  expect(parseAlsaCards('--- no soundcards ---\n', '')).toEqual([]);
});
