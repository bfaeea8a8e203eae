import { describe, expect, test } from 'vitest';
import { holding, panned, zoomed } from './scale.ts';

describe('the frames in sight', () => {
  test('zoom at the pointer and never leave the pass', () => {
    expect(zoomed({ from: 0, to: 1000 }, 500, 0.5, 1000)).toEqual({ from: 250, to: 750 });
    expect(zoomed({ from: 0, to: 100 }, 0, 0.5, 1000)).toEqual({ from: 0, to: 50 });
    expect(zoomed({ from: 900, to: 1000 }, 1000, 20, 1000)).toEqual({ from: 0, to: 1000 });
    expect(zoomed({ from: 500, to: 510 }, 505, 0.1, 1000)).toEqual({ from: 500, to: 510 });
  });

  test('move on as far as the pass goes', () => {
    expect(panned({ from: 100, to: 200 }, 30, 1000)).toEqual({ from: 130, to: 230 });
    expect(panned({ from: 100, to: 200 }, -300, 1000)).toEqual({ from: 0, to: 100 });
    expect(panned({ from: 100, to: 200 }, 5000, 1000)).toEqual({ from: 900, to: 1000 });
  });

  test('stay where they hold a frame, and have it in the middle otherwise', () => {
    expect(holding({ from: 100, to: 200 }, 199, 1000)).toEqual({ from: 100, to: 200 });
    expect(holding({ from: 100, to: 201 }, 600, 1000)).toEqual({ from: 550, to: 651 });
    expect(holding({ from: 100, to: 200 }, 999, 1000)).toEqual({ from: 900, to: 1000 });
  });
});
