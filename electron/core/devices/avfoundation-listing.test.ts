import { expect, it } from 'vitest';
import * as listing from './avfoundation-listing.fixture.ts';
import { parseAvfoundationDevices, parseAvfoundationModes } from './avfoundation-listing.ts';

it('reads devices past a driver that talks in between, and leaves screens out', () => {
  expect(parseAvfoundationDevices(listing.avfoundationDevices4)).toEqual({
    video: [
      { index: 0, name: 'CamTwist' },
      { index: 1, name: 'FaceTime HD Camera (Built-in)' },
      { index: 2, name: 'CamTwist (2VUY)' },
      { index: 3, name: 'DV-VCR' },
    ],
    audio: [
      { index: 0, name: 'Description' },
      { index: 1, name: 'Jaybird Tarah Pro' },
      { index: 2, name: 'Built-in Microphone' },
    ],
  });
});

it('reads the lists of ffmpeg 5.1 to 8', () => {
  expect(parseAvfoundationDevices(listing.avfoundationDevices6)).toEqual({
    video: [{ index: 0, name: 'USB Video' }],
    audio: [
      { index: 0, name: 'USB Digital Audio' },
      { index: 1, name: 'MacBook Pro Microphone' },
    ],
  });
  expect(parseAvfoundationDevices(listing.avfoundationDevices8)).toEqual({
    video: [{ index: 0, name: 'Intensity Shuttle' }],
    audio: [],
  });
});

it('reads modes out of a refusal, each once', () => {
  expect(parseAvfoundationModes(listing.avfoundationModes)).toEqual([
    { width: 720, height: 576, leastFps: 25, mostFps: 25 },
    { width: 720, height: 480, leastFps: 29.97003, mostFps: 29.97003 },
  ]);
});
