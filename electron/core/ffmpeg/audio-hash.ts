/**
 * Samples per channel in one hashed block of sound, at capture and at decoding alike: 40 ms at 48 kHz, a PAL frame.
 * Blocks of one fixed size make the two lists comparable, however the packets between them were cut.
 */
export const audioHashBlockSamples = 1920;

/** Sample format that is hashed: that of the master's own tracks. */
export const audioHashCodec = 'pcm_s24le';

/** Filter that cuts a track into the blocks that are hashed; the last one is as short as it is, not padded. */
export const audioHashFilter = `asetnsamples=n=${audioHashBlockSamples}:p=0`;

/** Output arguments of a sound hash list: one MD5 per block, written out at once. */
export function audioHashOutput(path: string): string[] {
  return ['-c:a', audioHashCodec, '-flush_packets', '1', '-f', 'framehash', '-hash', 'md5', path];
}

/** Output arguments of a picture hash list: MD5 of every frame in this pixel format, no frame made up or left out. */
export function frameHashOutput(path: string, pixelFormat: string): string[] {
  return [
    ...['-c:v', 'rawvideo', '-pix_fmt', pixelFormat, '-fps_mode', 'passthrough', '-flush_packets', '1'],
    ...['-f', 'framehash', '-hash', 'md5', path],
  ];
}
