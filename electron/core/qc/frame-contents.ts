import type { FrameContent } from '#shared/domain/frame-content.ts';

const contents: readonly FrameContent[] = [
  ...(['picture', 'noise', 'silent-noise', 'flat', 'silent-flat'] as const),
  ...(['black', 'silent-black', 'blank', 'unknown'] as const),
];

/** What each frame of a tape shows, a byte a frame. */
export function createFrameContents() {
  let codes = new Uint8Array(4096);
  let frames = 0;
  return {
    get frames() {
      return frames;
    },
    add(content: FrameContent): void {
      if (frames === codes.length) {
        const larger = new Uint8Array(frames * 2);
        larger.set(codes);
        codes = larger;
      }
      codes[frames] = contents.indexOf(content);
      frames += 1;
    },
    from(frame: number): FrameContent[] {
      return Array.from(codes.subarray(Math.max(0, frame), frames), (code) => contents[code] ?? 'unknown');
    },
  };
}
