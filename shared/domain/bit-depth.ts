/** Bits per sample that ffmpeg's pixel format name tells: `yuv422p10le` has 10; names without a number have 8. */
export function bitDepthOf(pixelFormat: string): number {
  const match = /p(9|10|12|14|16)(?:le|be)?$/.exec(pixelFormat);
  return match ? Number(match[1]) : 8;
}
