import { HelicalError } from '#shared/domain/errors.ts';
import type { FrameRange } from '#shared/domain/frame-ranges.ts';
import { commonRanges, countFrames, mergeRanges, withoutRanges } from '#shared/domain/frame-ranges.ts';
import { passIdSchema, sittingIdSchema } from '#shared/domain/ids.ts';
import type { Watched } from '#shared/domain/pass-review.ts';
import type { PassRegister } from './pass-register.ts';
import type { HelicalLog } from './record.ts';
import type { ReviewStore } from './review.ts';
import type { Sitting, SittingsStore } from './sittings.ts';
import { createWatchingClock } from './watching-clock.ts';

/** Own: whoever plays nothing for so long has left the desk; what follows is another sitting. */
const pauseMs = 15 * 60_000;

/** Where it is kept what was truly watched: one event of the log a sitting, whatever was reported during it. */
export interface SittingRegister {
  /**
   * Frames that were played forwards at twice the speed at most in a visible window, since the last report; one without frames says
   * that a page begins. NOT_FOUND (pass); INVALID_INPUT: frames that it has not, or more than can have been played in that time.
   */
  report(
    request: {
      passId: string;
      ranges: readonly FrameRange[];
      /** Of them what was seen as pictures of the master; the others were the access copy. */
      masterRanges?: readonly FrameRange[];
      ended: boolean;
    },
    actorId: string,
  ): void;
  /** What each person watched of a pass, also in a sitting that goes on. */
  watched(passId: string): Watched[];
  /** Records a person's sitting before a pass; before a verdict, so that the log has the one before the other. */
  end(passId: string, personId: string): void;
  /** Records every sitting that goes on: the engine ends, or an earlier one was killed. */
  endAll(): void;
}

export function createSittingRegister(options: {
  log: HelicalLog;
  review: ReviewStore;
  sittings: SittingsStore;
  passRegister: PassRegister;
  newId: () => string;
  now: () => Date;
}): SittingRegister {
  const { log, review, sittings, passRegister, newId, now } = options;
  const clock = createWatchingClock(now);

  const record = (sitting: Sitting): void => {
    const { personId, passId, sittingId, masterRanges, ...plain } = sitting;
    const rest = masterRanges === null ? plain : { ...plain, masterRanges };
    // A crash may have come between the event and the removal.
    if (sitting.ranges.length > 0 && !review.hasSitting(sittingId)) {
      const ids = { sittingId: sittingIdSchema.parse(sittingId), passId: passIdSchema.parse(passId) };
      log.append([{ type: 'review.watched', payload: { ...ids, ...rest }, actorId: personId }]);
    }
    sittings.remove(sittingId);
  };
  const current = (passId: string, personId: string, at: Date): Sitting => {
    const found = sittings.find(passId, personId);
    if (found && at.getTime() - Date.parse(found.endedAt) <= pauseMs) return found;
    if (found) record(found);
    const time = at.toISOString();
    return {
      sittingId: newId(),
      passId,
      personId,
      startedAt: time,
      endedAt: time,
      ranges: [],
      masterRanges: [],
    };
  };

  return {
    report({ passId, ranges, masterRanges = [], ended }, actorId) {
      const pass = passRegister.require(passId);
      const outside = ranges.find(({ endFrame }) => endFrame >= pass.frames);
      if (outside) {
        throw new HelicalError('INVALID_INPUT', {
          problem: `Frame ${outside.endFrame} was not watched: the pass has ${pass.frames} frames, from 0 on.`,
          safe: 'Nothing was changed.',
        });
      }
      const frames = countFrames(ranges);
      if (!clock.allows(passId, actorId, pass.video.frameRate, frames)) {
        throw new HelicalError('INVALID_INPUT', {
          problem: `${frames} frames cannot have been played since the last report: watching is twice the speed at most.`,
          safe: 'What was watched before is kept.',
        });
      }
      if (ended) clock.forget(passId, actorId);
      const at = now();
      const sitting = current(passId, actorId, at);
      const kept = {
        ...sitting,
        endedAt: at.toISOString(),
        ranges: mergeRanges([...sitting.ranges, ...ranges]),
        masterRanges: sitting.masterRanges && [
          ...sitting.masterRanges,
          ...commonRanges(masterRanges, ranges),
        ],
      };
      if (kept.ranges.length > 0) sittings.save(kept);
      if (ended) record(kept);
    },
    watched(passId) {
      const going = sittings.ofPass(passId).map(({ personId, ranges, masterRanges }) => ({
        ...{ personId, ranges, masterRanges: masterRanges ?? [] },
        copyRanges: masterRanges ? withoutRanges(ranges, masterRanges) : [],
      }));
      const byPerson = Map.groupBy([...review.watched(passId), ...going], ({ personId }) => personId);
      return [...byPerson].map(([personId, parts]) => ({
        personId: personId as Watched['personId'],
        ranges: mergeRanges(parts.flatMap(({ ranges }) => ranges)),
        masterRanges: mergeRanges(parts.flatMap(({ masterRanges }) => masterRanges)),
        copyRanges: mergeRanges(parts.flatMap(({ copyRanges }) => copyRanges)),
      }));
    },
    end(passId, personId) {
      const found = sittings.find(passId, personId);
      if (found) record(found);
    },
    endAll() {
      for (const sitting of sittings.all()) record(sitting);
    },
  };
}
