import { describe, expect, it } from 'vitest';
import * as recorded from './decklink.fixture.ts';
import { decklinkFailure, readDecklinkLogLine } from './decklink-log.ts';

describe("a card's lines in the recorder's log", () => {
  it('are reports, and nothing else is', () => {
    expect(recorded.recorderLog.split('\n').flatMap((line) => readDecklinkLogLine(line) ?? [])).toEqual([
      { kind: 'signal-lost', frame: 1 },
      { kind: 'signal-returned', frame: 14 },
      { kind: 'signal-lost', frame: 18452 },
      { kind: 'signal-returned', frame: 18454 },
      { kind: 'queue-overrun' },
    ]);
  });
});

describe('a card that does not open', () => {
  it.each([
    [recorded.noSignal, 'DEVICE_FAILED', 'no signal'],
    [recorded.busy, 'DEVICE_BUSY', 'another program'],
    [recorded.noSuchConnector, 'INVALID_INPUT', 'connector'],
    [recorded.noSuchCard, 'DEVICE_FAILED', 'No such device or address'],
    [recorded.noDriver, 'DEVICE_FAILED', 'driver'],
    ['', 'DEVICE_FAILED', 'says nothing'],
  ])('is told what is wrong', (said, code, words) => {
    const error = decklinkFailure('DeckLink Duo (1)', said);
    expect(error.code).toBe(code);
    expect(error.problem).toContain('DeckLink Duo (1)');
    expect(error.problem).toContain(words);
    expect(error.safe).toBe('Nothing was recorded.');
    expect(error.remedy).toMatch(/\.$/);
  });
});
