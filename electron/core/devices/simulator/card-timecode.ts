import { appendFileSync, writeFileSync } from 'node:fs';
import { timecodeListEntry } from '#core/ffmpeg/timecode-list.ts';
import { cardFaultPicture } from './card-fault-picture.ts';
import { frameStartUs } from './standard.ts';
import type { Tape } from './tape.ts';
import { v210SizeBytes } from './v210.ts';

/** The card's own list of timecodes: a real card would put them into the metadata of its frames, which this stream has not. */
export interface CardTimecode {
  /** Called in front of each frame that is handed over. */
  hand(frame: number): void;
}

/** Begins the list, empty. Frames are counted as the reader gets them; what it cannot decode is no frame to it. */
export function cardTimecode(tape: Tape, path: string): CardTimecode {
  const { recipe, standard } = tape;
  const faults = cardFaultPicture(tape);
  const wholeBytes = v210SizeBytes(tape.width, tape.height);
  let handed = 0;
  writeFileSync(path, '');
  return {
    hand(frame) {
      if (faults.packetBytes(frame) < wholeBytes) return;
      const timecode = tape.timecodeOn(frame);
      if (timecode !== undefined && ['card', 'both'].includes(recipe.timecode)) {
        const timeS = frameStartUs(frame, standard.frameRate) / 1e6;
        appendFileSync(path, timecodeListEntry(handed, timeS, timecode));
      }
      handed += 1;
    },
  };
}
