/**
 * Draws the picture that a player is at, in the task that tells its number: the browser brings a player's own pictures to the screen apart
 * from the page, and under load words that follow them came up to thirteen frames late (Chromium 142, two busy cores).
 * @returns what draws it, and returns its time in the copy, in seconds, or undefined where the player has none yet or the one that was drawn
 *   last; undefined where this browser tells no time of a picture (WebCodecs is there in secure places only: Electron, and addresses of this
 *   machine)
 */
export function createPlayedDrawing(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
): (() => number | undefined) | undefined {
  const context = 'VideoFrame' in globalThis ? canvas.getContext('2d', { alpha: false }) : null;
  if (!context) return undefined;
  let drawnUs: number | undefined;
  return () => {
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined;
    const picture = new VideoFrame(video);
    try {
      const { displayWidth: width, displayHeight: height, timestamp: timeUs } = picture;
      if (timeUs === drawnUs) return undefined;
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      context.drawImage(picture, 0, 0, width, height);
      drawnUs = timeUs;
      return timeUs / 1e6;
    } finally {
      picture.close();
    }
  };
}
