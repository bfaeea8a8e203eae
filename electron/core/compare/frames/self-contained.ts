const selfContained = new Set([
  ...[
    'ffv1',
    'dvvideo',
    'v210',
    'rawvideo',
    'prores',
    'mjpeg',
    'jpeg2000',
    'huffyuv',
    'ffvhuff',
    'utvideo',
    'dnxhd',
  ],
]);

/** Codecs, by ffmpeg's names, whose key pictures need nothing before or after them and come out of the decoder at once. */
export function isSelfContained(codec: string): boolean {
  return selfContained.has(codec);
}
