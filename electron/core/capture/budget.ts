import type { Budget, BudgetHelp } from '#shared/domain/budget.ts';
import type { MachineFigure } from './machine-figure.ts';

/** From this on there is room for a busy moment. */
export const comfortableSpeed = 1.3;
/** How long a capture is taken to last where nobody said. */
const usualLengthS = 3_600;
/** What fewer slices must gain before they are worth a word. */
const worthwhileGain = 1.08;

/** One capture that runs, or is armed, as far as it takes from this machine. */
export interface CaptureLoad {
  pixelsPerS: number;
  /** Bytes a second of its master; undefined before it writes any. */
  bytesPerS: number | undefined;
  /** Seconds that it is still to run; undefined where nobody said. */
  leftS: number | undefined;
}

/** A figure, and what ran while it was taken: its own speed is what that left. */
export interface KnownFigure extends MachineFigure {
  ranThen: readonly CaptureLoad[];
}

export interface BudgetFacts {
  /** Undefined where nothing was ever measured for such a picture. */
  figure: KnownFigure | undefined;
  /** Whether it was measured for this answer. */
  isFresh: boolean;
  /** Why nothing was measured, where nothing was: a capture is behind, or the disk has no room to spare for it. */
  unmeasured?: 'behind' | 'room' | undefined;
  pixelsPerS: number;
  durationS: number | undefined;
  /** Captures that run or are armed, without the one that is asked about. */
  running: readonly CaptureLoad[];
  /** Captures whose masters are still being decoded: they take from the machine too. */
  followers: number;
  diskFreeBytes: number;
  reserveBytes: number;
}

/**
 * Says whether one more capture fits this machine, and how many of its kind do. Every capture takes as much as its picture has
 * pixels a second; what a figure was taken beside is not counted twice. Pure.
 */
export function judgeBudget(facts: BudgetFacts): Budget {
  const { figure, running, pixelsPerS, diskFreeBytes } = facts;
  const captures = running.length + 1;
  if (figure === undefined) {
    const message =
      facts.unmeasured === 'room'
        ? 'What this machine holds is not known yet, and is not measured: the disk of the masters has no room for it beside what must stay free.'
        : 'What this machine holds is not known yet, and is not measured while a capture is behind.';
    return {
      ...{ captures, atMost: null, fits: false, speed: null, bottleneck: null, isFresh: false },
      ...{ diskFreeBytes, diskLeftS: null, helps: [], message },
    };
  }
  const unitsOf = (loads: readonly CaptureLoad[]) =>
    loads.reduce((sum, load) => sum + load.pixelsPerS / pixelsPerS, 0);
  const rateOf = (load: CaptureLoad) => load.bytesPerS ?? figure.bytesPerS * (load.pixelsPerS / pixelsPerS);
  const writtenBy = (loads: readonly CaptureLoad[]) => loads.reduce((sum, load) => sum + rateOf(load), 0);

  const cpuSpeed = Math.max(0, figure.speed + unitsOf(figure.ranThen) - unitsOf(running));
  const diskRate = Math.max(0, figure.diskBytesPerS + writtenBy(figure.ranThen) - writtenBy(running));
  const diskSpeed = diskRate / figure.bytesPerS;
  const speed = Math.min(cpuSpeed, diskSpeed);
  const more = Math.max(0, Math.floor(speed - comfortableSpeed + 1));

  const room = Math.max(0, diskFreeBytes - facts.reserveBytes);
  const neededBytes =
    figure.bytesPerS * (facts.durationS ?? usualLengthS) +
    running.reduce((sum, load) => sum + rateOf(load) * (load.leftS ?? usualLengthS), 0);
  const diskLeftS = room / (figure.bytesPerS + writtenBy(running));

  const isFastEnough = speed >= comfortableSpeed;
  const hasRoom = neededBytes <= room;
  const bottleneck: Budget['bottleneck'] = isFastEnough
    ? hasRoom
      ? null
      : 'room'
    : diskSpeed < cpuSpeed
      ? 'disk'
      : 'cpu';
  const helps = helpsAgainst(bottleneck, facts.followers, figure);
  const answer = {
    ...{ captures, atMost: running.length + more, fits: bottleneck === null, speed, bottleneck },
    ...{ isFresh: facts.isFresh, diskFreeBytes, diskLeftS, helps },
  };
  return { ...answer, message: inWords(answer, running.length) };
}

function helpsAgainst(
  bottleneck: Budget['bottleneck'],
  followers: number,
  figure: MachineFigure,
): BudgetHelp[] {
  if (bottleneck === null) return [];
  if (bottleneck === 'disk') return ['another-disk'];
  if (bottleneck === 'room') return ['more-room', 'another-disk'];
  const gain = (figure.speedWithFewerSlices ?? 0) / figure.speed;
  return [
    ...(followers > 0 ? (['fewer-followers'] as const) : []),
    ...(gain >= worthwhileGain ? (['fewer-slices'] as const) : []),
    'close-programs',
  ];
}

const helpWords: Record<BudgetHelp, string> = {
  'fewer-followers': 'wait until masters that are still being decoded are sealed',
  'fewer-slices': 'a profile with fewer slices',
  'another-disk': 'another disk for the masters',
  'more-room': 'more room on the disk of the masters',
  'close-programs': 'close other programs, and record one tape at a time',
};

function inWords(budget: Omit<Budget, 'message'>, running: number): string {
  const { speed, atMost, diskLeftS, helps, bottleneck } = budget;
  const beside = running === 0 ? 'This machine' : `Beside ${counted(running, 'other capture')} this machine`;
  const measured = budget.isFresh ? '' : ' (as last measured)';
  const pace = `${beside} records such a picture ${(speed ?? 0).toFixed(1)} times as fast as it is played${measured}`;
  const many = atMost ?? 0;
  const held =
    many === 0
      ? 'It cannot take even one such capture safely'
      : `${counted(many, 'such capture')} ${many === 1 ? 'fits' : 'fit'} it`;
  const fit = many === 0 ? `${held}. ${riskAlone(speed ?? 0)}` : `${held}; ${nextOf(many)} does not.`;
  const recordings = running === 0 ? 'this recording' : 'all recordings together';
  const minutes = `The disk of the masters has room for ${Math.floor((diskLeftS ?? 0) / 60)} minutes of ${recordings}. How fast it is was tried with a burst of a few seconds at most: over a whole tape it may be slower.`;
  const limits = { cpu: ': too little to be safe', disk: ': the disk is too slow to be safe', room: '' };
  const short =
    bottleneck === 'room' ? ' That is too little for what is planned, or for an hour where nothing is.' : '';
  const help =
    helps.length === 0 ? '' : ` What would help: ${helps.map((one) => helpWords[one]).join('; ')}.`;
  return `${pace}${bottleneck ? limits[bottleneck] : ''}. ${fit} ${minutes}${short}${help}`;
}

/** A capture alone is never refused: it is the operator's to weigh. */
function riskAlone(speed: number): string {
  const risk =
    speed < 1
      ? `where the tape is as noisy as this test, it falls behind by ${Math.round((1 - speed) * 60)} s a minute, and frames that the card cannot hold any longer are lost for good`
      : 'a busy moment of the machine can make it fall behind, and frames that the card cannot hold any longer are lost for good';
  return `It records all the same when you begin, at a risk: ${risk}. What is lost is counted and stated.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

const ordinals = ['a first', 'a second', 'a third', 'a fourth', 'a fifth', 'a sixth'];

function nextOf(count: number): string {
  return ordinals[count] ?? 'one more';
}
