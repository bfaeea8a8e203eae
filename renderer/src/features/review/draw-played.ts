/**
 * Draws the picture that a player is at, in the task that tells its number: the browser brings a player's own pictures to the screen apart
 * from the page, and under load words that follow them came up to thirteen frames late (Chromium 142, two busy cores).
 * @returns the picture's own time in the copy, in seconds; undefined where this browser tells no time of a picture (WebCodecs is there in
 *   secure places only: Electron, and addresses of this machine), or has none yet
 */
export function drawPlayed(video: HTMLVideoElement, canvas: HTMLCanvasElement): number | undefined {
  if (!('VideoFrame' in globalThis) || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA)
    return undefined;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) return undefined;
  const picture = new VideoFrame(video);
  try {
    const { displayWidth: width, displayHeight: height, timestamp: timeUs } = picture;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.drawImage(picture, 0, 0, width, height);
    return timeUs / 1e6;
  } finally {
    picture.close();
  }
}
