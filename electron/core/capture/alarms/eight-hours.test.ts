import { expect, test } from 'vitest';
import type { AlarmKind } from '#shared/domain/pass.ts';
import { createDriftGauge } from '../drift.ts';
import { createGauges } from '../gauges.ts';
import { createSilenceGauge } from '../silence.ts';
import { createAlarmBoard } from './alarm-board.ts';
import { recordingAlarms } from './registry.ts';

const framesPerSecond = 25;

/** 0 to 1, the same for the same seed (Park and Miller's generator). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface Tape {
  seed: number;
  seconds: number;
  /** How many parts in a million the card's clock is fast, and the sound against the picture. */
  clockPpm: number;
  soundPpm: number;
}

/**
 * A tape on a busy machine: looks and reports come late, the recorder stumbles for up to 0.8 s, the disk for up to 0.6 s, both hash lists
 * are read at different moments, a channel is quiet for up to 20 s, a time server moves the clock by up to 0.4 s.
 */
function alarmsOf({ seed, seconds, clockPpm, soundPpm }: Tape): Map<AlarmKind, number> {
  const random = randomFrom(seed);
  const gauges = createGauges({ framesPerSecond, live: true, queueS: undefined });
  const driftGauge = createDriftGauge();
  const silences = createSilenceGauge(framesPerSecond);
  const raised = new Map<AlarmKind, number>();
  let atS = 0;
  const board = createAlarmBoard(recordingAlarms(), {
    raise: (kind) => void raised.set(kind, atS),
    clear() {},
  });
  let queued = 0;
  let stumbleUntilS = 0;
  let reportedS = 0;
  let report = { capturedFrames: 0, queuedFrames: 0 };
  let quietUntilS = 0;
  while (atS < seconds) {
    const stepS = 0.2 + random() * 0.15;
    atS += stepS;
    if (random() < 0.004 && atS > stumbleUntilS + 10) stumbleUntilS = atS - stepS + random() * 0.8;
    const stoodS = Math.min(stepS, Math.max(0, stumbleUntilS - (atS - stepS)));
    queued = Math.max(0, queued + framesPerSecond * (stoodS - 0.3 * (stepS - stoodS)));
    const cardS = atS * (1 + clockPpm / 1e6);
    if (atS - reportedS >= 0.2) {
      report = { capturedFrames: Math.floor(cardS * framesPerSecond), queuedFrames: Math.round(queued) };
      reportedS = atS;
    }
    const frames = Math.max(0, report.capturedFrames - report.queuedFrames);
    const card = {
      ...report,
      queueCapacityFrames: 250,
      droppedFrames: 0,
      saidAtMs: (reportedS + random() * 0.02) * 1000,
    };
    const gauge = gauges.add({
      atMs: atS * 1000,
      frames,
      masterBytes: frames * 400_000,
      outTimeS: atS,
      card,
    });
    const pictureS = frames / framesPerSecond;
    // Blocks of 40 ms, read up to two of them before or after the picture.
    const recordedSoundS =
      Math.floor((pictureS * (1 + soundPpm / 1e6) + 0.12 + (random() - 0.5) * 0.16) * 25) / 25;
    const drift = driftGauge.add({ pictureS, soundS: recordedSoundS, startOffsetMs: 0 });
    if (random() < 0.0005) quietUntilS = atS + random() * 20;
    const peaks = [-12 - random() * 30, atS < quietUntilS ? -90 : -12 - random() * 40];
    const writeMs = random() < 0.001 ? random() * 600 : 5 + random() * 60;
    board.update(
      {
        ...gauge,
        runningS: atS,
        frames,
        framesPerSecond,
        live: true,
        card: { ...card, state: 'playing', deliveredFrames: frames, drops: [], signal: 'present', atMs: 0 },
        disks: [{ role: 'masters', freeBytes: 5e11, bitsPerSecond: 8e7, leftS: 50_000 - atS }],
        writeLatency: { lastMs: writeMs, worstMs: 600 },
        drift,
        silence: silences.add(frames, peaks),
        soundS: frames / framesPerSecond,
        clockJumpS: (random() - 0.5) * (random() < 0.001 ? 0.8 : 0.002),
      },
      atS * 1000,
    );
  }
  return raised;
}

test('nothing is raised in eight hours of a busy machine', () => {
  expect([...alarmsOf({ seed: 1, seconds: 8 * 3600, clockPpm: -60, soundPpm: 0 })]).toEqual([]);
});

test('on the same machine a rate that is off by a thousandth is told within four minutes', () => {
  const raised = alarmsOf({ seed: 3, seconds: 400, clockPpm: 1000, soundPpm: 0 });
  expect([...raised.keys()]).toEqual(['rate-off']);
  expect(raised.get('rate-off')).toBeLessThan(240);
});

test('and sound that runs a frame apart in a minute is told soon after it is one', () => {
  const raised = alarmsOf({ seed: 4, seconds: 300, clockPpm: 0, soundPpm: 667 });
  expect([...raised.keys()]).toEqual(['drift']);
  expect(raised.get('drift')).toBeLessThan(120);
});
