import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChainRow, canonicalJson, eventHash, genesisHash } from './chain.ts';
import { verifyChainRows } from './verify-chain.ts';

describe('canonical JSON', () => {
  // RFC 8785, section 3.2.2 (sample input) and 3.2.3 (sorting), and appendix B (numbers).
  test('RFC 8785 section 3.2.2', () => {
    const input = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
        '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('RFC 8785 section 3.2.3: keys are sorted by UTF-16 code units', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(text).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
  });

  test.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
  ])('RFC 8785 appendix B: %s', (bits, text) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  test('refuses what JSON cannot say', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, { a: '\ud800' }]) {
      expect(() => canonicalJson(value)).toThrow();
    }
  });

  test('does not depend on the order in which an object was made', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(record));
      }),
    );
  });
});

const row: Omit<ChainRow, 'hash'> = {
  seq: 1,
  eventUuid: '019a0000-0000-7000-8000-000000000001',
  recordedAt: '2026-03-01T10:00:00.000Z',
  occurredAt: '2026-03-01T09:59:59.000Z',
  type: 'tape.registered',
  actorId: 'ann',
  stationId: 'station-1',
  payload: '{"a":1}',
  prevHash: genesisHash,
};

describe('the hash of an event', () => {
  test('is SHA-256 over the ten lines that the README names', () => {
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const lines = [
      'helical-event-1',
      '1',
      row.eventUuid,
      row.recordedAt,
      row.occurredAt,
      'tape.registered',
      'ann',
      'station-1',
      genesisHash,
      sha256('{"a":1}'),
    ];
    expect(eventHash(row)).toBe(sha256(lines.join('\n')));
  });

  test('changes with every field', () => {
    const changes: Partial<ChainRow>[] = [
      { seq: 2 },
      { eventUuid: 'x' },
      { recordedAt: 'x' },
      { occurredAt: 'x' },
      { type: 'x' },
      { actorId: 'x' },
      { actorId: null },
      { stationId: 'x' },
      { payload: '{}' },
      { prevHash: 'x' },
    ];
    const hashes = changes.map((change) => eventHash({ ...row, ...change }));
    expect(new Set([...hashes, eventHash(row)]).size).toBe(changes.length + 1);
  });

  test('has no two readings: a line break in a field is refused', () => {
    expect(() => eventHash({ ...row, type: 'tape\nann' })).toThrow(/line break/);
  });
});

describe('the rows of a package', () => {
  const chain: ChainRow[] = [];
  for (let seq = 1; seq <= 9; seq += 1) {
    const unhashed = {
      ...row,
      seq,
      prevHash: chain.at(-1)?.hash ?? genesisHash,
      payload: `{"frame":${seq}}`,
    };
    chain.push({ ...unhashed, hash: eventHash(unhashed) });
  }
  const some = chain.filter(({ seq }) => seq !== 3 && seq !== 7);

  test('may be a selection, and each row is still checked', () => {
    expect(verifyChainRows(some).firstBroken?.seq).toBe(4);
    expect(verifyChainRows(some, { selection: true })).toEqual({
      events: 7,
      head: { seq: 9, hash: chain[8]?.hash },
    });
    for (const [index, spoiled] of some.entries()) {
      const forged = some.with(index, { ...spoiled, payload: '{"frame":0}' });
      expect(verifyChainRows(forged, { selection: true }).firstBroken?.seq).toBe(spoiled.seq);
    }
  });

  test('show an event that was edited and given a fitting hash: the next one does not follow', () => {
    const edited = { ...row, seq: 4, prevHash: chain[2]?.hash ?? '', payload: '{"frame":0}' };
    const forged = chain.with(3, { ...edited, hash: eventHash(edited) });
    const firstBroken = { seq: 5, reason: 'Event 5 does not follow from event 4.' };
    expect(verifyChainRows(forged)).toMatchObject({ events: 4, firstBroken });
    expect(verifyChainRows(forged, { selection: true })).toMatchObject({ firstBroken });
  });

  test('are refused when their JSON is not canonical, even with a fitting hash', () => {
    const unhashed = { ...row, payload: '{"a": 1}' };
    const { firstBroken } = verifyChainRows([{ ...unhashed, hash: eventHash(unhashed) }]);
    expect(firstBroken?.reason).toContain('not canonical');
  });
});
