import { createAlarmBoard } from '#core/capture/alarms/alarm-board.ts';
import { recordingAlarms } from '#core/capture/alarms/registry.ts';
import { createDriftGauge, type DriftReading } from '#core/capture/drift.ts';
import { createGauges } from '#core/capture/gauges.ts';
import { createPressure } from '#core/capture/pressure.ts';
import { createSilenceGauge } from '#core/capture/silence.ts';
import type { CardReport } from '#core/devices/card-report.ts';
import type { AlarmKind } from '#shared/domain/pass.ts';
import { seeded } from '../../capture-faults/seeded.ts';

/** What is wrong with a simulated recording, from `fromS` on; undefined: nothing is. */
export type Trouble =
  /** The recorder takes in so much of real time. */
  | { kind: 'overload'; fromS: number; speed: number }
  | { kind: 'drift'; fromS: number; ppm: number }
  | { kind: 'rate'; fromS: number; ppm: number }
  | { kind: 'silence'; fromS: number }
  | { kind: 'stall'; fromS: number }
  | { kind: 'no-sound'; fromS: number }
  | { kind: 'disk'; fromS: number };

export interface SimulatedRecording {
  seed: number;
  seconds: number;
  /** Frames that the card holds and reports; null: a card that reports nothing. */
  queueFrames: number | null;
  trouble?: Trouble;
}

/** What the engine would have said, and when. */
export interface Heard {
  alarms: { kind: AlarmKind; atS: number; message: string }[];
  gaveWay: { work: string; atS: number }[];
  /** When the card first had to throw a frame away. */
  firstLossS: number | undefined;
}

const fps = 25;
const lookEveryMs = 200;
/** An uncompressed SD tape in FFV1 is 30 to 90 Mb/s. */
const meanFrameBytes = 300_000;
const derivedBitsPerSecond = 4e6;

/**
 * Plays hours of a recording through the real gauges and alarms by a clock that is counted, not waited for: a machine that is used
 * (jams of up to eight tenths of a second, late looks and reports, slow writes, a wall clock that is slewed), a card whose crystal is
 * off by up to 20 ppm, a programme with pauses. Seeded: the same seed gives the same hours.
 */
export function playHours({ seed, seconds, queueFrames, trouble }: SimulatedRecording): Heard {
  const random = seeded(seed);
  const between = (least: number, most: number) => least + random() * (most - least);
  const is = <Kind extends Trouble['kind']>(kind: Kind, atS: number) =>
    trouble?.kind === kind && atS >= trouble.fromS
      ? (trouble as Extract<Trouble, { kind: Kind }>)
      : undefined;
  const heard: Heard = { alarms: [], gaveWay: [], firstLossS: undefined };
  let atS = 0;
  const board = createAlarmBoard(recordingAlarms(), {
    raise: (kind, message) => heard.alarms.push({ kind, atS, message }),
    clear: () => {},
  });
  const gauges = createGauges({ framesPerSecond: fps, live: true, queueS: undefined });
  const pressure = createPressure();
  const drifting = createDriftGauge();
  const silences = createSilenceGauge(fps);
  const crystal = between(-20, 20) / 1e6;

  let taken = 0;
  let queued = 0;
  let dropped = 0;
  let recorded = 0;
  let jamUntilS = 0;
  let nextJamS = between(1, 60);
  let pauseUntilS = 0;
  let nextPauseS = between(20, 120);
  let wallOffsetMs = 1.7e12;
  let report: CardReport | undefined;
  let progress = { frames: 0, nextS: 0 };
  let nextReportS = 0;
  let freeBytes = 2e12;
  let masterBytes = 0;
  let soundS = 0;
  let drift: DriftReading | undefined;
  let writeMs = 10;

  function play(dtS: number): void {
    if (atS >= nextJamS) {
      jamUntilS = atS + between(0.05, 0.8);
      nextJamS = atS + between(2, 120);
    }
    const stalled = is('stall', atS) !== undefined;
    const rate = 1 + crystal + (is('rate', atS)?.ppm ?? 0) / 1e6;
    const before = whole(taken);
    if (!stalled) taken += dtS * fps * rate;
    const came = whole(taken) - before;
    const room = (queueFrames ?? 500) - queued;
    queued += Math.min(came, room);
    if (came > room) {
      dropped += came - room;
      heard.firstLossS ??= atS;
    }
    const speed = is('overload', atS)?.speed ?? 2;
    const out = atS < jamUntilS ? 0 : Math.min(queued, dtS * fps * speed);
    queued -= out;
    recorded += out;
    masterBytes += out * meanFrameBytes * between(0.6, 1.4);
    const ppm = is('drift', atS)?.ppm ?? 0;
    if (!is('no-sound', atS)) soundS += (out / fps) * (1 + ppm / 1e6);
    freeBytes -= out * meanFrameBytes + (dtS * derivedBitsPerSecond) / 8;
    if (is('disk', atS)) freeBytes = Math.min(freeBytes, 2e9);
  }

  while (atS < seconds) {
    // A look is late as a busy machine is: mostly little, now and then half a second.
    const lateMs = random() < 0.01 ? between(50, 500) : between(0, 20);
    const dtS = (lookEveryMs + lateMs) / 1000;
    const lookAtS = atS + dtS;
    while (atS < lookAtS) {
      const stepS = Math.min(0.04, lookAtS - atS);
      atS += stepS;
      play(stepS);
      wallOffsetMs += stepS * between(-0.5, 0.5);
      if (atS >= nextReportS) {
        nextReportS = atS + 0.2 + (random() < 0.002 ? between(0.2, 0.8) : between(0, 0.03));
        report = {
          state: 'playing',
          capturedFrames: whole(taken),
          deliveredFrames: whole(recorded),
          droppedFrames: dropped,
          queuedFrames: Math.round(queued),
          queueCapacityFrames: queueFrames ?? 500,
          drops: [],
          signal: 'present',
          atMs: atS * 1000 + wallOffsetMs,
        };
      }
      if (atS >= progress.nextS && atS >= jamUntilS) {
        progress = { frames: whole(recorded), nextS: atS + 0.2 };
      }
    }
    look();
  }
  return heard;

  function look(): void {
    const atMs = atS * 1000;
    const card = queueFrames === null ? undefined : report;
    const frames = progress.frames;
    const gauge = gauges.add({
      atMs,
      frames,
      masterBytes,
      outTimeS: frames === 0 ? undefined : frames / fps,
      card: card && { ...card, saidAtMs: Math.min(atMs, card.atMs - wallOffsetMs) },
    });
    if (recorded > 5) {
      // The lists are read while they are written: sound is a frame or two ahead of the picture of the same moment.
      const jitterS = Math.floor(between(0, 3)) / fps;
      drift = drifting.add({
        pictureS: whole(recorded) / fps,
        soundS: whole(soundS * fps) / fps + jitterS,
        startOffsetMs: 0,
      });
    }
    if (atS >= nextPauseS) {
      pauseUntilS = atS + between(1, 20);
      nextPauseS = pauseUntilS + between(5, 180);
    }
    const isSilent = atS < pauseUntilS || is('silence', atS) !== undefined;
    const peaks = isSilent ? [-90, -95] : [between(-30, -6), between(-40, -8)];
    const silence = silences.add(whole(recorded), peaks);
    writeMs = random() < 0.0005 ? between(300, 900) : between(2, 60);
    const writeLatency = { lastMs: writeMs, worstMs: writeMs };
    const bitsPerSecond = gauge.masterBitsPerSecond + derivedBitsPerSecond;
    board.update(
      {
        ...gauge,
        runningS: atS,
        frames,
        framesPerSecond: fps,
        live: true,
        card,
        disks: [
          {
            role: 'masters',
            freeBytes,
            bitsPerSecond,
            leftS: bitsPerSecond > 0 ? (freeBytes * 8) / bitsPerSecond : null,
          },
        ],
        writeLatency,
        drift,
        silence,
        soundS,
        clockJumpS: between(-0.1, 0.1),
      },
      atMs,
    );
    const step = pressure.add({ ...gauge, atMs, writeLatencyMs: writeMs, behindS: between(0, 8) });
    if (step?.do === 'give-way') heard.gaveWay.push({ work: step.work, atS });
  }
}

/** Frames or blocks that are whole; sums of fractions are a little less than they ought to be. */
function whole(frames: number): number {
  return Math.floor(frames + 1e-6);
}
