import { describe, expect, it } from 'vitest';
import type { CapturePlan } from '#shared/domain/capture-plan.ts';
import type { FrameContent } from '#shared/domain/frame-content.ts';
import { rational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { createPlanWatch, leastByPicturesS } from './plan-watch.ts';

const pal = rational(25);
const still = { elapsedS: 0, signal: undefined } as const;

/** The frames at which the programme begins and the recording is ended, where each frame is judged as it is recorded. */
function play(
  plan: Partial<CapturePlan>,
  contents: FrameContent[],
  signal?: 'present' | 'lost',
  byPicturesS = 2,
) {
  const watch = createPlanWatch(
    { start: { on: 'operator' }, stop: {}, ...plan },
    pal,
    undefined,
    byPicturesS,
  );
  for (const [frame, content] of contents.entries()) {
    watch.addContents([content]);
    const { programmeStartFrame, stop } = watch.look({ ...still, signal, frames: frame + 1 });
    if (stop) return { programmeStartFrame, stop, at: frame };
  }
  const { near: _, ...verdict } = watch.look({ ...still, signal, frames: contents.length });
  return { ...verdict, at: undefined };
}

const so = (content: FrameContent, frames: number): FrameContent[] =>
  Array.from({ length: frames }, () => content);

describe('a start on signal', () => {
  const plan = { start: { on: 'signal', waitS: 4 } } as const;

  it('is the first frame of a picture that stays for a second', () => {
    const run = [
      ...so('noise', 30),
      ...so('flat', 10),
      ...so('picture', 24),
      ...so('black', 5),
      ...so('picture', 25),
    ];
    expect(play(plan, run)).toEqual({ programmeStartFrame: 69, stop: undefined, at: undefined });
  });

  it('that does not come in time ends the recording, but not one whose picture has just come', () => {
    expect(play(plan, so('noise', 200))).toMatchObject({ stop: 'start-not-seen', at: 99 });
    expect(play(plan, [...so('noise', 90), ...so('picture', 40)])).toEqual({
      programmeStartFrame: 90,
      stop: undefined,
      at: undefined,
    });
  });

  it('is not seen, and not missed, in frames that nobody measured', () => {
    expect(play(plan, so('unknown', 500))).toEqual({
      programmeStartFrame: undefined,
      stop: undefined,
      at: undefined,
    });
    const torn = [...so('picture', 20), ...so('unknown', 300), ...so('picture', 25)];
    expect(play(plan, torn)).toMatchObject({ programmeStartFrame: 320, stop: undefined });
  });

  it('is where a set length counts from', () => {
    expect(play({ ...plan, stop: { durationS: 2 } }, [...so('noise', 30), ...so('picture', 100)])).toEqual({
      programmeStartFrame: 30,
      stop: 'duration',
      at: 79,
    });
  });

  it('says how many frames of a length are still to come', () => {
    const watch = createPlanWatch({ ...plan, stop: { durationS: 2 } }, pal);
    expect(watch.framesLeft(10)).toBeUndefined();
    watch.addContents([...so('noise', 30), ...so('picture', 25)]);
    expect([55, 79, 80, 100].map(watch.framesLeft)).toEqual([25, 1, 0, 0]);
    expect(
      createPlanWatch({ start: { on: 'operator' }, stop: { durationS: 2 } }, pal).framesLeft(10),
    ).toBeUndefined();
  });

  it('is never missed by a follower that comes late: it is only judged late', () => {
    const watch = createPlanWatch({ ...plan, stop: { durationS: 2 } }, pal);
    expect(watch.look({ ...still, frames: 400 })).toEqual({
      programmeStartFrame: undefined,
      stop: undefined,
    });
    expect(watch.judgedFrames()).toBe(0);
    watch.addContents([...so('noise', 30), ...so('picture', 25)]);
    expect(watch.look({ ...still, frames: 400 })).toEqual({ programmeStartFrame: 30, stop: 'duration' });
    expect(watch.judgedFrames()).toBe(55);
  });
});

describe('a stop at the end of the tape', () => {
  const plan = { stop: { tapeEndS: 2 } };

  it.each(['noise', 'silent-noise', 'silent-flat', 'silent-black', 'blank'] as const)(
    'comes with %s for so long',
    (content) => {
      expect(play(plan, [...so('picture', 50), ...so(content, 60)])).toMatchObject({
        stop: 'tape-end',
        at: 99,
      });
    },
  );

  it('may be of several kinds, one after the other, as long as nothing sounds', () => {
    const end = [...so('silent-black', 20), ...so('silent-noise', 20), ...so('silent-flat', 10)];
    expect(play(plan, [...so('picture', 50), ...end])).toMatchObject({ stop: 'tape-end', at: 99 });
    const loud = [
      ...so('silent-black', 30),
      ...so('noise', 30),
      ...so('silent-flat', 30),
      ...so('noise', 40),
    ];
    expect(play(plan, [...so('picture', 50), ...loud]).stop).toBeUndefined();
  });

  it('is no monochrome with sound, and none at all while the card has a signal', () => {
    const work = [...so('picture', 50), ...so('flat', 500)];
    expect(play(plan, work).stop).toBeUndefined();
    const silent = [...so('picture', 50), ...so('silent-flat', 500)];
    expect(play(plan, silent, 'present').stop).toBeUndefined();
    expect(play(plan, silent, 'lost')).toMatchObject({ stop: 'tape-end', at: 99 });
    const atOnce = createPlanWatch({ start: { on: 'operator' }, ...plan }, pal);
    atOnce.addContents(silent);
    expect(atOnce.look({ elapsedS: 0.2, frames: 550, signal: 'present' }).stop).toBeUndefined();
  });

  it('counts no flat field that came while the card had a signal, however late it is judged', () => {
    const watch = createPlanWatch({ start: { on: 'operator' }, ...plan }, pal, undefined, 2);
    watch.addContents(so('picture', 50));
    watch.look({ elapsedS: 0.2, frames: 400, signal: 'present' });
    watch.look({ elapsedS: 0.2, frames: 405, signal: 'lost' });
    watch.addContents(so('silent-flat', 355));
    expect(watch.look({ elapsedS: 0.2, frames: 405, signal: 'lost' }).stop).toBeUndefined();
    watch.addContents(so('silent-flat', 50));
    expect(watch.look({ elapsedS: 0.2, frames: 455, signal: 'lost' }).stop).toBe('tape-end');
  });

  it('takes ten seconds at least, and is told of from half of them on', () => {
    const black = [...so('picture', 50), ...so('silent-black', 400)];
    expect(play(plan, black, undefined, leastByPicturesS)).toMatchObject({ stop: 'tape-end', at: 299 });
    const watch = createPlanWatch({ start: { on: 'operator' }, ...plan }, pal);
    const near = (contents: FrameContent[]) => {
      watch.addContents(contents);
      return watch.look({ ...still, frames: watch.nextContent }).near;
    };
    expect(near([...so('picture', 50), ...so('silent-black', 124)])).toBeUndefined();
    expect(near(so('silent-black', 1))).toEqual({ reason: 'tape-end', inS: 5 });
    expect(near(so('picture', 1))).toBeUndefined();
  });

  it('does not come before a picture has, with black that sounds, or in parts', () => {
    expect(play(plan, so('noise', 200)).stop).toBeUndefined();
    expect(play(plan, [...so('picture', 50), ...so('black', 200)]).stop).toBeUndefined();
    const torn = [...so('noise', 49), ...so('picture', 1), ...so('noise', 49)];
    expect(play(plan, [...so('picture', 50), ...torn]).stop).toBeUndefined();
    expect(
      play(plan, [...so('picture', 50), ...so('noise', 49), ...so('unknown', 500)]).stop,
    ).toBeUndefined();
  });

  it('counts nothing that came before the programme', () => {
    const watch = createPlanWatch({ start: { on: 'timecode', timecode: '01:00:00:00' }, ...plan }, pal);
    watch.addContents([...so('picture', 50), ...so('noise', 100)]);
    expect(watch.look({ ...still, frames: 150 }).stop).toBeUndefined();
  });
});

describe('a stop on lost signal', () => {
  const plan = { start: { on: 'operator' }, stop: { signalLostS: 2 } } as const;

  it('goes by the card, in seconds of recording', () => {
    const watch = createPlanWatch(plan, pal);
    const look = (frames: number, signal: 'present' | 'lost') =>
      watch.look({ elapsedS: 0.2, frames, signal }).stop;
    expect(look(10, 'lost')).toBeUndefined();
    expect(look(100, 'lost')).toBeUndefined(); // nothing was there yet that could be lost
    expect([look(105, 'present'), look(110, 'lost'), look(140, 'lost'), look(145, 'present')]).not.toContain(
      'signal-lost',
    );
    expect([look(150, 'lost'), look(199, 'lost')]).toEqual([undefined, undefined]);
    expect(look(200, 'lost')).toBe('signal-lost');
  });

  it('does not count the time of a machine that slept', () => {
    const watch = createPlanWatch(plan, pal);
    watch.look({ elapsedS: 0.2, frames: 5, signal: 'present' });
    watch.look({ elapsedS: 0.2, frames: 10, signal: 'lost' });
    expect(watch.look({ elapsedS: 3_600, frames: 11, signal: 'lost' }).stop).toBeUndefined();
  });

  it('does not go by pictures where the card speaks: a monochrome work has a signal', () => {
    const work = [...so('picture', 50), ...so('silent-flat', 500)];
    expect(play(plan, work, 'present').stop).toBeUndefined();
    expect(play(plan, [...so('picture', 50), ...so('blank', 500)], 'present').stop).toBeUndefined();
  });

  it('goes by flat pictures without sound too, where the card says nothing and a picture was there before', () => {
    const run = [...so('silent-flat', 80), ...so('picture', 30), ...so('silent-flat', 60)];
    expect(play(plan, run)).toMatchObject({ stop: 'signal-lost', at: 159 });
    expect(play(plan, [...so('picture', 30), ...so('flat', 500)]).stop).toBeUndefined();
    expect(play(plan, [...so('picture', 30), ...so('noise', 300)]).stop).toBeUndefined();
  });
});

describe('timecodes', () => {
  /** Frames from `first` on, as a deck counts them. */
  const count = (watch: ReturnType<typeof createPlanWatch>, from: number, first: number, frames: number) => {
    for (let at = 0; at < frames; at++) watch.addTimecode(from + at, formatTimecode(first + at, pal));
    return watch.look({ ...still, frames: from + frames });
  };
  const hour = 3_600 * 25;

  it('start and end at the frames that bear them', () => {
    const watch = createPlanWatch(
      { start: { on: 'timecode', timecode: '01:00:00:00' }, stop: { timecode: '01:00:02:00' } },
      pal,
    );
    expect(count(watch, 0, hour - 50, 99)).toEqual({ programmeStartFrame: 50, stop: undefined });
    expect(count(watch, 99, hour + 49, 1).stop).toBeUndefined();
    expect(count(watch, 100, hour + 50, 1).stop).toBe('timecode');
    expect(watch.judgedFrames()).toBe(101);
  });

  it('may be missed for a moment, over midnight too', () => {
    const watch = createPlanWatch({ start: { on: 'timecode', timecode: '23:59:59:00' }, stop: {} }, pal);
    watch.addTimecode(0, null);
    expect(count(watch, 1, 50, 1).programmeStartFrame).toBe(1);
  });

  it('that jump far beyond, or back, are not the ones that were set', () => {
    const watch = createPlanWatch({ start: { on: 'operator' }, stop: { timecode: '01:00:00:00' } }, pal);
    expect(count(watch, 0, 10 * hour, 100).stop).toBeUndefined();
    expect(count(watch, 100, hour - 500, 100).stop).toBeUndefined();
    expect(count(watch, 200, hour, 1).stop).toBe('timecode');
  });

  it('that never come end the recording after the wait, by the frames that were looked at', () => {
    const watch = createPlanWatch(
      { start: { on: 'timecode', timecode: '01:00:00:00', waitS: 2 }, stop: {} },
      pal,
    );
    expect(watch.look({ ...still, frames: 1_000 }).stop).toBeUndefined();
    for (let frame = 0; frame < 50; frame++) watch.addTimecode(frame, null);
    expect(watch.look({ ...still, frames: 1_000 }).stop).toBe('start-not-seen');
  });
});

it('goes on from the start that an earlier engine found', () => {
  const plan: CapturePlan = { start: { on: 'signal' }, stop: { durationS: 2 } };
  const watch = createPlanWatch(plan, pal, 30);
  expect(watch.look({ ...still, frames: 79 })).toEqual({ programmeStartFrame: 30, stop: undefined });
  expect(watch.look({ ...still, frames: 80 })).toEqual({ programmeStartFrame: 30, stop: 'duration' });
});

it('leaves a length from the operator’s word to the recorder, and asks for nothing then', () => {
  const watch = createPlanWatch({ start: { on: 'operator' }, stop: { durationS: 1 } }, pal);
  expect(watch.look({ ...still, frames: 500 })).toEqual({ programmeStartFrame: 0, stop: undefined });
  expect(watch.judgedFrames()).toBeNull();
});
