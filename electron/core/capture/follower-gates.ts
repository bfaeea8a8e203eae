import { gateCommands } from '#core/ffmpeg/work-gates.ts';
import { type DerivedWork, derivedWorks } from '#shared/domain/pass.ts';
import type { Decoder } from './follower-decoder.ts';

/** The gates in front of the derived works of one decode. */
export interface FollowerGates {
  giveWay(works: ReadonlySet<DerivedWork>): void;
  /** The decode tells of frames: from now on gates may be shut. */
  begin(): void;
  /** Works that gave way at any time: they have a gap. */
  gaveWay(): DerivedWork[];
}

/**
 * Shuts and opens gates by command. None is shut before the first frames are through: ffmpeg 5 tells no progress until every
 * output has had one, and then what was asked for is done. A work with a constant rate (access) or with numbers (thumbnails) is of no use
 * after a gap: its gate stays shut, and it is made whole later, from the master.
 */
export function createFollowerGates(decoder: Decoder, onGap: () => void): FollowerGates {
  const shut = new Set<DerivedWork>();
  const ever = new Set<DerivedWork>();
  let wanted: ReadonlySet<DerivedWork> = new Set();
  let hasBegun = false;

  function apply(): void {
    if (!hasBegun) return;
    for (const work of derivedWorks) {
      const isWanted = wanted.has(work) || (ever.has(work) && !canResume(work));
      if (isWanted === shut.has(work)) continue;
      decoder.command(gateCommands(work, isWanted ? 'shut' : 'open'));
      if (!isWanted) {
        shut.delete(work);
        continue;
      }
      shut.add(work);
      ever.add(work);
      if (work === 'samples') onGap();
    }
  }

  return {
    giveWay(works) {
      wanted = new Set(works);
      apply();
    },
    begin() {
      if (hasBegun) return;
      hasBegun = true;
      apply();
    },
    gaveWay: () => derivedWorks.filter((work) => ever.has(work)),
  };
}

/** Works that are of use again as soon as frames come, although what was missed has to be made later. */
export function canResume(work: DerivedWork): boolean {
  return work === 'live-picture' || work === 'samples';
}
