import { expect, it } from 'vitest';
import type { Label } from '../label.ts';
import { readPrinted } from './stock-measures.ts';
import { stockClaims } from './stock-rules.ts';

const label: Label = {
  file: 'tape.mkv',
  generator: 'by hand',
  seed: 1,
  system: 'PAL',
  bits: 10,
  frames: 100,
  kind: 'fault',
  material: 'none',
  events: [],
  alsoTrue: [],
};

/** What the filters print of a tape that is all right but for one frame. */
function printed(odd: number, key: string, value: number): string {
  return Array.from({ length: 100 }, (_, frame) => {
    const video = {
      YMIN: 80,
      YMAX: 900,
      YLOW: 90,
      YDIF: 9,
      UDIF: 5,
      VDIF: 5,
      SATMAX: 300,
      SATAVG: 60,
      BRNG: 0,
    };
    const usual = {
      ...video,
      TOUT: 0.001,
      VREP: 0,
      UMIN: 400,
      UMAX: 600,
      VMIN: 400,
      VMAX: 600,
      YBITDEPTH: 10,
    };
    const values = Object.entries({ ...usual, ...(frame === odd ? { [key]: value } : {}) });
    return [
      `frame:${frame}    pts:${frame * 40}       pts_time:${frame / 25}`,
      ...values.map(([name, is]) => `lavfi.signalstats.${name}=${is}`),
      `frame:${frame}    pts:${frame * 1920}     pts_time:${frame / 25}`,
      ...[1, 2].flatMap((channel) => [
        `lavfi.astats.${channel}.RMS_level=${frame === 40 && channel === 2 ? '-inf' : `-${20 + channel}`}`,
        `lavfi.astats.${channel}.Peak_level=-9`,
      ]),
      'lavfi.aphasemeter.phase=0.6',
    ].join('\n');
  }).join('\n');
}

const claimsOf = (text: string, logged = '') => stockClaims(readPrinted(text, logged, 100, 25), label);

it('applies the limits that others published', () => {
  const hole = { check: 'audio-dropout', startFrame: 40, endFrame: 40, channels: [2] };
  expect(claimsOf(printed(30, 'YMAX', 1010))).toMatchObject([
    { check: 'luma-over', startFrame: 30, endFrame: 30 },
    hole,
  ]);
  expect(claimsOf(printed(30, 'TOUT', 0.02))).toMatchObject([
    { check: 'video-dropout', startFrame: 30 },
    hole,
  ]);
});

it('reads what detectors say on the side', () => {
  const logged = [
    '[blackdetect @ 0x1] black_start:1 black_end:3.2 black_duration:2.2',
    '[silencedetect @ 0x2] channel: 1 | silence_start: 1.5',
  ].join('\n');
  expect(claimsOf(printed(-1, 'YMAX', 0), logged)).toMatchObject([
    { check: 'black', startFrame: 25, endFrame: 79 },
    { check: 'silence', startFrame: 38, endFrame: 99, channels: [2] },
    { check: 'audio-dropout' },
  ]);
});
