import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statement } from '#core/db/statement.ts';
import { dumpTables } from '#core/log/tables.ts';
import type { Certificate } from '#shared/domain/certificate.ts';
import { passIdSchema } from '#shared/domain/ids.ts';
import type { TapeStanding } from '#shared/domain/tape.ts';
import { oneTape } from './one-tape.testbed.ts';
import { createPassRegister } from './pass-register.ts';
import { openStoresTestbed } from './stores.testbed.ts';

let bed: Awaited<ReturnType<typeof openStoresTestbed>>;
beforeEach(async () => {
  bed = await openStoresTestbed();
});
afterEach(() => bed.close());

const listAll = {
  filter: '',
  states: [],
  sortBy: 'identifier',
  descending: false,
  offset: 0,
  limit: 100,
} as const;

describe('projections', () => {
  it('come out identical from a rebuild', () => {
    for (const identifier of ['A-1', 'A-2', 'B-1']) {
      for (const events of Object.values(oneTape(identifier).events)) bed.log.append(events);
    }
    const before = dumpTables(bed.db, bed.tables);
    expect(
      Object.entries(before).filter(([table, rows]) => table !== 'station_opening' && rows.length === 0),
    ).toEqual([]);
    bed.log.rebuild();
    expect(dumpTables(bed.db, bed.tables)).toEqual(before);
  });

  it('derive how far a tape has come from what happened to it', () => {
    const { ids, events } = oneTape('T-1');
    const states: [string, string | undefined, string | undefined][] = [];
    for (const step of ['person', 'registered', 'captured', 'crashed', 'sealed', 'packaged'] as const) {
      bed.log.append(events[step]);
      const tape = bed.stores.tapes.find(ids.tapeId);
      states.push([step, tape?.state, tape?.lastEventType]);
    }
    bed.log.append(events.packageFoundBroken);
    expect([...states, bed.stores.tapes.find('t-1')?.state]).toEqual([
      ['person', undefined, undefined],
      ['registered', 'registered', 'tape.registered'],
      ['captured', 'captured', 'pass.recording-ended'],
      ['crashed', 'captured', 'pass.failed'],
      ['sealed', 'sealed', 'pass.sealed'],
      ['packaged', 'packaged', 'package.verified'],
      'sealed',
    ]);
  });

  it('tell of a tape that was recorded, and nothing of it could be proved', () => {
    const { ids, events } = oneTape('T-1');
    const failed = () => bed.stores.tapes.find(ids.tapeId)?.everyPassFailed;
    bed.log.append([...events.person, ...events.registered]);
    expect(failed()).toBe(false);
    bed.log.append(events.crashed);
    expect(failed()).toBe(true);
    const listed = (...states: TapeStanding[]) =>
      bed.stores.tapes.list({
        ...{ filter: '', states, sortBy: 'identifier', descending: false, offset: 0, limit: 10 },
      });
    expect(listed().rows.map(({ everyPassFailed }) => everyPassFailed)).toEqual([true]);
    const narrowed = (...states: TapeStanding[]) => [listed(...states).rows.length, listed(...states).total];
    expect([narrowed('failed'), narrowed('captured'), narrowed('captured', 'failed')]).toEqual([
      [1, 1],
      [0, 0],
      [1, 1],
    ]);
    expect([narrowed('failed', 'sealed'), narrowed('captured', 'sealed')]).toEqual([
      [1, 1],
      [0, 0],
    ]);
    // Another pass is on its way.
    bed.log.append(events.captured);
    expect(failed()).toBe(false);
    expect([narrowed('failed'), narrowed('captured')]).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('tell a pass as its events told it', () => {
    const { ids, events } = oneTape('T-1');
    bed.log.append(Object.values(events).flat());
    const pass = bed.stores.passes.find(ids.passId);
    expect(pass).toMatchObject({
      tapeIdentifier: 'T-1',
      state: 'sealed',
      frames: 250,
      droppedFrames: 3,
      endReason: 'operator',
      marks: [{ frame: 25, label: 'begin' }],
      alarms: [
        { kind: 'lag', frame: 60, clearedFrame: 75 },
        { kind: 'lag', frame: 80, clearedFrame: null },
      ],
      plan: { start: { on: 'signal' }, stop: { tapeEndS: 5 }, segment: 2, certificateId: ids.certificateId },
      programmeStartFrame: 12,
      gaveWay: ['access'],
      timecodeBreaks: [
        { frame: 90, source: 'card', kind: 'lost', before: '01:00:03:15', after: null },
        { frame: 95, source: 'card', kind: 'returned', before: null, after: '01:00:03:20' },
      ],
      chosen: true,
      sealChecks: [{ id: 'frame-hashes', ok: true }],
    });
    expect(bed.stores.passes.find(ids.crashedPassId)).toMatchObject({
      state: 'failed',
      audio: null,
      frames: 90,
      lostFrames: 4,
      lossBasis: 'card',
      failReason: 'seal-check-failed',
      plan: { retakeOf: ids.passId },
      programmeStartFrame: null,
      gaveWay: [],
      chosen: false,
    });
    expect(bed.stores.qc.latest(ids.passId)?.events.map(({ check, channels }) => [check, channels])).toEqual([
      ['clipping', [1]],
      ['black', undefined],
    ]);
    expect(bed.stores.qc.latest(ids.passId)?.notJudged).toEqual([{ check: 'hum', reason: 'no-sound' }]);
    expect(bed.stores.passes.nextPassNumber(ids.tapeId)).toBe(3);
    expect(bed.stores.passes.unfinished()).toEqual([]);
  });

  it('hold one chosen pass for each part of a tape', () => {
    const { ids, events } = oneTape('T-1');
    bed.log.append(Object.values(events).flat());
    const chosen = () => bed.stores.passes.list(ids.tapeId).flatMap((pass) => (pass.chosen ? [pass.id] : []));
    expect(chosen()).toEqual([ids.passId]);
    const choose = (passId: typeof ids.passId) =>
      bed.log.append([
        {
          type: 'tape.pass-chosen',
          payload: { tapeId: ids.tapeId, passId, reason: 'It is calmer.' },
          actorId: ids.personId,
        },
      ]);
    choose(ids.crashedPassId);
    expect(chosen()).toEqual([ids.crashedPassId]);
    choose(ids.passId);
    expect(chosen()).toEqual([ids.passId]);
  });

  it('keep the newer of two files that have one name', () => {
    const { ids, events } = oneTape('T-1');
    bed.log.append(Object.values(events).flat());
    const samples = bed.stores.files.ofPass(ids.passId).filter(({ role }) => role === 'samples');
    const registered = events.remeasured.map(({ payload }) => (payload as { fileId: string }).fileId);
    expect(samples.map(({ id }) => id)).toEqual(registered);
  });

  it('refuse an identifier that differs in case alone, and record nothing of it', () => {
    bed.log.append(oneTape('T-1').events.registered);
    const { seq } = bed.log.head();
    expect(() => bed.log.append(oneTape('t-1').events.registered)).toThrow('UNIQUE');
    expect(bed.log.head().seq).toBe(seq);
  });
});

describe('tapes', () => {
  it('are found by words, without accents, in any column, and counted', () => {
    for (const identifier of ['A-1', 'A-2', 'B-10']) bed.log.append(oneTape(identifier).events.registered);
    const found = (filter: string) => {
      const { rows, total } = bed.stores.tapes.list({ ...listAll, filter });
      return [total, ...rows.map((tape) => tape.identifier)];
    };
    expect(found('')).toEqual([3, 'A-1', 'A-2', 'B-10']);
    expect(found('kruger a-')).toEqual([2, 'A-1', 'A-2']);
    expect(found('VAULT')).toEqual([3, 'A-1', 'A-2', 'B-10']);
    expect(found("%' OR 1")).toEqual([0]);
  });

  it('come in pages, sorted, by state, with the total of all pages', () => {
    const tapes = ['C-1', 'a-2', 'B-3'].map((identifier) => oneTape(identifier));
    for (const { events } of tapes) bed.log.append(events.registered);
    bed.log.append([...(tapes[0]?.events.captured ?? []), ...(tapes[0]?.events.sealed ?? [])]);
    const list = (query: object) => {
      const { rows, total } = bed.stores.tapes.list({ ...listAll, ...query });
      return [total, ...rows.map((tape) => tape.identifier)];
    };
    expect(list({ limit: 2 })).toEqual([3, 'a-2', 'B-3']);
    expect(list({ limit: 2, offset: 2 })).toEqual([3, 'C-1']);
    expect(list({ descending: true, sortBy: 'title' })).toEqual([3, 'C-1', 'B-3', 'a-2']);
    expect(list({ states: ['sealed'] })).toEqual([1, 'C-1']);
    expect(list({ states: ['registered'], filter: 'krüger', sortBy: 'lastEventAt' })).toEqual([
      2,
      'a-2',
      'B-3',
    ]);
    expect(list({ filter: 'krüger', offset: 50 })).toEqual([3]);
  });

  it('have a timeline of everything that was about them', () => {
    const { ids, events } = oneTape('T-1');
    bed.log.append(Object.values(events).flat());
    bed.log.append(oneTape('T-2').events.registered);
    const timeline = bed.stores.tapes.timeline(ids.tapeId);
    const about = Object.entries(events).flatMap(([step, list]) =>
      step === 'person' || step === 'certified' ? [] : list,
    );
    expect(timeline.map(({ type }) => type)).toEqual(about.map(({ type }) => type));
    expect(timeline.find(({ type }) => type === 'pass.recording-ended')?.summary).toEqual({
      key: 'timeline.pass.recording-ended',
      values: { passId: ids.passId, reason: 'operator', frames: 250, droppedFrames: 3 },
    });
  });
});

describe('the choice of a pass', () => {
  it('is of sealed passes, needs a reason to be changed, and is written once', () => {
    const { ids, events } = oneTape('T-1');
    const register = createPassRegister({ log: bed.log, passes: bed.stores.passes });
    const choose = (passId: typeof ids.passId, reason = '') =>
      register.choose({ passId, reason }, ids.personId);
    bed.log.append([...events.registered, ...events.captured]);
    expect(() => choose(ids.passId)).toThrow('only a sealed one');
    bed.log.append([...events.sealed, ...events.crashed]);
    expect(() => choose(ids.crashedPassId)).toThrow('only a sealed one');
    expect(choose(ids.passId).chosen).toBe(true);
    const { seq } = bed.log.head();
    expect(choose(ids.passId, 'again').chosen).toBe(true);
    expect(bed.log.head().seq).toBe(seq);

    const retake = passIdSchema.parse(newId());
    const again = oneTape('T-2').events;
    for (const { payload } of [...again.captured, ...again.sealed]) {
      const { passId, tapeId, plan } = payload as { passId?: string; tapeId?: string; plan?: object };
      if (passId !== undefined) Object.assign(payload, { passId: retake });
      if (tapeId !== undefined) Object.assign(payload, { tapeId: ids.tapeId, passNumber: 3 });
      if (plan !== undefined) Object.assign(payload, { plan: { start: { on: 'operator' }, stop: {} } });
    }
    bed.log.append([...again.captured, ...again.sealed]);
    expect(() => choose(retake)).toThrow('needs a reason');
    expect(choose(retake, 'The whole tape.').chosen).toBe(true);
    // A pass of the whole tape stands against the segment that was chosen before.
    expect(bed.stores.passes.find(ids.passId)?.chosen).toBe(false);
    const before = dumpTables(bed.db, bed.tables);
    bed.log.rebuild();
    expect(dumpTables(bed.db, bed.tables)).toEqual(before);
  });
});

describe('certificates', () => {
  const certified = (events: ReturnType<typeof oneTape>['events'], changes: Partial<Certificate>) =>
    events.certified.map((event) => {
      if (event.type !== 'station.certified') throw new TypeError('oneTape certifies with another event');
      return { ...event, payload: { certificate: { ...event.payload.certificate, ...changes } } };
    });

  it('are cited by the passes that were planned under them', () => {
    const { ids, events } = oneTape('T-1');
    bed.log.append(Object.values(events).flat());
    const { certificateId } = ids;
    expect(bed.stores.certificates.find(certificateId)?.figures[0]).toMatchObject({ id: 'luma-white' });
    const citing = statement<{ certificateId: string }, { type: string }>(
      bed.db,
      'test.citing',
      `SELECT type FROM event_link JOIN event_log USING (seq)
        WHERE kind = 'certificate' AND object_id = @certificateId ORDER BY seq`,
    ).all({ certificateId });
    expect(citing.map(({ type }) => type)).toEqual(['station.certified', 'pass.planned']);
  });

  it('are in force until a later self-test of the same source and chain fails', () => {
    const good = oneTape('T-1');
    const { certificates } = bed.stores;
    bed.log.append(good.events.certified);
    expect(certificates.inForce('simulator', 'BVU-950, TBC')?.id).toBe(good.ids.certificateId);
    expect(certificates.inForce('simulator:another-tape', 'BVU-950, TBC')?.id).toBe(good.ids.certificateId);
    expect(certificates.inForce('simulator', 'another chain')).toBeUndefined();
    expect(certificates.inForce('decklink:Duo (1)?video=sdi', 'BVU-950, TBC')).toBeUndefined();
    const elsewhere = oneTape('T-2');
    bed.log.append(certified(elsewhere.events, { chainName: 'another chain', ok: false }));
    expect(certificates.inForce('simulator', 'BVU-950, TBC')?.id).toBe(good.ids.certificateId);
    const bad = oneTape('T-3');
    bed.log.append(certified(bad.events, { ok: false }));
    expect(certificates.inForce('simulator', 'BVU-950, TBC')).toBeUndefined();
    expect(certificates.list().map(({ id }) => id)).toEqual(
      [bad, elsewhere, good].map(({ ids }) => ids.certificateId),
    );
  });
});

describe('people', () => {
  it('have names that can be erased while the log stays whole', async () => {
    const { ids, events } = oneTape('T-1');
    bed.log.append([...events.person, ...events.registered]);
    bed.stores.people.rememberName(ids.personId, 'Ada', 'ada');
    expect(bed.stores.people.findByAccount('ada')).toEqual({
      id: ids.personId,
      name: 'Ada',
      role: 'technician',
    });
    bed.stores.people.eraseName(ids.personId);
    expect(bed.stores.people.find(ids.personId)?.name).toBe('');
    expect((await bed.log.verify()).ok).toBe(true);
  });
});
