import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProgressReader, latestProgress, type Progress, parseProgress } from './progress.ts';

const first = `frame=0
fps=0.00
stream_0_0_q=0.0
bitrate=N/A
total_size=44
out_time_us=N/A
out_time_ms=N/A
out_time=N/A
dup_frames=0
drop_frames=0
speed=N/A
progress=continue
`;
const last = `frame=75
fps=24.97
stream_0_0_q=-0.0
bitrate=21000.3kbits/s
total_size=7875112
out_time_us=3000000
out_time_ms=3000000
out_time=00:00:03.000000
dup_frames=1
drop_frames=2
speed=0.999x
progress=end
`;
const lastBlock: Progress = {
  frame: 75,
  fps: 24.97,
  outTimeUs: 3_000_000,
  totalSizeBytes: 7_875_112,
  dropFrames: 2,
  dupFrames: 1,
  speed: 0.999,
  ended: true,
};

describe('parseProgress', () => {
  it('keeps what ffmpeg does not know undefined', () => {
    const { blocks } = parseProgress(first);
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatchObject({
      frame: 0,
      totalSizeBytes: 44,
      outTimeUs: undefined,
      speed: undefined,
      ended: false,
    });
  });
  it('reads the last block of a file', () => {
    expect(latestProgress(first + last)).toEqual(lastBlock);
  });
  it('leaves a block that is still being written, even one cut within its last line', () => {
    const { blocks, rest } = parseProgress(`${first}frame=12\nprogress=cont`);
    expect(blocks).toHaveLength(1);
    expect(rest).toBe('frame=12\nprogress=cont');
  });
  it('has nothing to say about an empty file', () => {
    expect(latestProgress('')).toBeUndefined();
  });
  it('reads speed in scientific notation and lines with CRLF', () => {
    expect(latestProgress('frame=5\r\nspeed=1.2e+03x\r\nprogress=continue\r\n')).toMatchObject({
      frame: 5,
      speed: 1200,
    });
  });
});

describe('createProgressReader', () => {
  it('tells the same blocks however the text is cut', () => {
    const text = first + last + first;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 200 }), (sizes) => {
        const seen: Progress[] = [];
        const read = createProgressReader((progress) => seen.push(progress));
        let from = 0;
        for (const size of sizes) {
          read(text.slice(from, from + size));
          from += size;
        }
        read(text.slice(from));
        expect(seen).toEqual(parseProgress(text).blocks);
      }),
    );
  });
});
