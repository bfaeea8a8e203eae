/** What the player says of a picture that it gave to the screen. */
export interface PlayedPicture {
  frame: number;
  /** Its time in the copy, in seconds. */
  mediaTime: number;
  /** How many pictures the player has given to the screen so far: those that nobody was told of are counted too. */
  presentedFrames: number;
}

/**
 * The first frame of those that the screen surely was given on the way to this picture; the picture's own frame where it was not given
 * as many as lie in between. A frame is seen when one of its pictures is: a copy at field rate has two.
 * @param picturesPerSecond of the copy @param picturesPerFrame of the master
 */
export function shownFrom(
  before: PlayedPicture | null,
  now: PlayedPicture,
  { picturesPerSecond, picturesPerFrame }: { picturesPerSecond: number; picturesPerFrame: number },
): number {
  if (before === null || now.frame <= before.frame) return now.frame;
  const passed = Math.round((now.mediaTime - before.mediaTime) * picturesPerSecond);
  const missing = passed - (now.presentedFrames - before.presentedFrames);
  // So few that no frame can have lost all of its pictures.
  return missing < picturesPerFrame ? Math.min(now.frame, before.frame + 1) : now.frame;
}
