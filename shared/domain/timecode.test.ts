import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational } from './rational.ts';
import { formatClock, formatTimecode, parseTimecode } from './timecode.ts';

const pal = rational(25);
const ntsc = rational(30000, 1001);

describe('timecode', () => {
  it.each([
    [0, pal, false, '00:00:00:00'],
    [24, pal, false, '00:00:00:24'],
    [25, pal, false, '00:00:01:00'],
    [90_000, pal, false, '01:00:00:00'],
    [1799, ntsc, true, '00:00:59;29'],
    [1800, ntsc, true, '00:01:00;02'],
    [17_981, ntsc, true, '00:09:59;29'],
    [17_982, ntsc, true, '00:10:00;00'],
    [107_892, ntsc, true, '01:00:00;00'],
    [1800, ntsc, false, '00:01:00:00'],
  ])('frame %i is %s', (frame, rate, dropFrame, text) => {
    expect(formatTimecode(frame, rate, dropFrame)).toBe(text);
    expect(parseTimecode(text, rate)).toBe(frame);
  });

  it('reads back every frame of a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_589_407 }), fc.boolean(), (frame, dropFrame) => {
        expect(parseTimecode(formatTimecode(frame, ntsc, dropFrame), ntsc)).toBe(frame);
      }),
    );
  });

  it.each(['00:01:00;00', '00:00:00:30', '24:00:00:00', '00:60:00:00', 'now', '1:2:3:4', ''])(
    'refuses %j',
    (text) => {
      expect(parseTimecode(text, ntsc)).toBeUndefined();
    },
  );

  it('refuses drop-frame timecode at 25 frames a second', () => {
    expect(parseTimecode('00:00:01;00', pal)).toBeUndefined();
  });

  it('refuses frames that are no frames', () => {
    expect(() => formatTimecode(-1, pal)).toThrow(RangeError);
    expect(() => formatTimecode(1.5, pal)).toThrow(RangeError);
  });

  it('gives the clock time of a frame', () => {
    expect(formatClock(1, ntsc)).toBe('00:00:00.033');
    expect(formatClock(90_025, pal)).toBe('01:00:01.000');
  });

  it('counts on behind ten hours, and behind a day', () => {
    expect(formatTimecode(1_079_750, pal)).toBe('11:59:50:00');
    expect(formatTimecode(2_160_000, pal)).toBe('00:00:00:00');
    // Twelve hours by the clock are 1,294,705 frames of 29.97, of which drop-frame timecode is one beside.
    expect(formatTimecode(1_294_706, ntsc, true)).toBe('12:00:00;02');
    expect(parseTimecode('12:00:00;02', ntsc)).toBe(1_294_706);
    expect(formatClock(1_294_706, ntsc)).toBe('12:00:00.024');
    // More milliseconds than 31 bits hold: 600 hours.
    expect(formatClock(54_000_000, pal)).toBe('600:00:00.000');
  });
});
