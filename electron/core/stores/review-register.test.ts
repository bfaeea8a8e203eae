import { v7 as newId } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dumpTables } from '#core/log/tables.ts';
import { qcRunIdSchema } from '#shared/domain/ids.ts';
import { oneTape } from './one-tape.testbed.ts';
import { openReview } from './open-review.ts';
import { createPassRegister } from './pass-register.ts';
import { judgedEvents } from './review-register.ts';
import { openStoresTestbed } from './stores.testbed.ts';

let bed: Awaited<ReturnType<typeof openStoresTestbed>>;
let nowMs: number;
/** The master, as the disk has it. */
let onDisk: { sizeBytes: number; modifiedAt: Date } | undefined;
beforeEach(async () => {
  bed = await openStoresTestbed();
  nowMs = Date.UTC(2026, 10, 23, 9);
  onDisk = undefined;
});
afterEach(() => bed.close());

const term = {
  ...{
    id: 'video-dropout',
    atlasName: null,
    link: null,
    media: ['video' as const],
    checks: [],
  },
  title: { en: 'Dropout', nl: 'Uitval', fr: 'Drop-out' },
  definition: { en: 'Lost.', nl: 'Weg.', fr: 'Perdu.' },
};

function open() {
  const tape = oneTape('T-1');
  const { ids, events } = tape;
  const { personId: ada, otherPersonId: bo, passId } = ids;
  bed.log.append([...events.person, ...events.registered, ...events.captured, ...events.sealed]);
  bed.log.append([{ type: 'person.added', payload: { personId: bo, role: 'reviewer' }, actorId: ada }]);
  bed.stores.people.rememberName(ada, 'Ada', null);
  const passRegister = createPassRegister({ log: bed.log, passes: bed.stores.passes });
  const now = () => new Date(nowMs);
  const review = openReview({ ...bed, passRegister, terms: [term], look: () => onDisk, newId, now });
  return { ...review, ...tape, ada, bo, passId };
}
const clipping = { check: 'clipping', channels: [1], startFrame: 10, endFrame: 12, remark: '' };
const events = (type: string) => bed.log.list({ type, limit: 100 });

describe('a desk', () => {
  it('holds a pass for one person; taking it over says why', () => {
    const { reviewRegister: register, reviewDesk, ada, bo, passId } = open();
    expect(reviewDesk.queue()).toMatchObject([
      { passId, outcome: 'waiting', heldBy: null, events: { total: 2, judged: 0, faults: 0 } },
    ]);
    register.take({ passId, reason: '' }, ada);
    register.take({ passId, reason: '' }, ada);
    expect(() => register.take({ passId, reason: '' }, bo)).toThrow('Ada has had this pass since');
    expect(() => register.release(passId, bo)).toThrow('Ada has it');
    expect(register.take({ passId, reason: 'She is ill.' }, bo)).toMatchObject({
      personId: bo,
      takenFrom: ada,
    });
    expect(() => register.release(passId, ada)).toThrow('not yours');
    register.release(passId, bo);
    expect(() => register.release(passId, bo)).toThrow('nobody has it');
    expect(events('review.taken')).toHaveLength(2);
  });

  it('has no pass that is not sealed', () => {
    const { reviewRegister, verdictRegister, events: all, ids, ada } = open();
    bed.log.append(all.crashed);
    const passId = ids.crashedPassId;
    const given = { passId, reason: 'Torn.', planId: 'random', settles: false } as const;
    expect(() => reviewRegister.take({ passId, reason: '' }, ada)).toThrow('only a sealed one');
    expect(() => verdictRegister.give({ ...given, verdict: 'accept' }, ada)).toThrow('failed its proof');
    expect(() => verdictRegister.ask({ passId, of: null, question: '' }, ada)).toThrow('failed its proof');
    expect(verdictRegister.give({ ...given, verdict: 'capture-again' }, ada)).toMatchObject({ master: null });
  });
});

describe('decisions', () => {
  it('are on findings that there are, and stick when the pass is judged again', () => {
    const { reviewRegister: register, reviewDesk, passId, ada, bo } = open();
    const judged = (): (string | undefined)[] => {
      const pass = bed.stores.passes.find(passId);
      if (!pass) throw new Error('no pass');
      return judgedEvents(bed.stores, pass, bed.stores.qc.latest(passId)?.events ?? []).map(
        (event) => event.judged && `${event.judged.judgement} ${event.judged.origin}`,
      );
    };
    const accepted = { ...clipping, passId, judgement: 'accepted', origin: 'tape' } as const;
    expect(() => register.decide({ ...accepted, endFrame: 13 }, ada)).toThrow('holds no finding');
    expect(() => register.decide({ ...accepted, channels: [2] }, ada)).toThrow('holds no finding');
    expect(() => register.decide({ ...accepted, judgement: 'dismissed' }, ada)).toThrow('has an origin');
    register.decide(accepted, ada);
    expect(judged()).toEqual(['accepted tape', undefined]);
    expect(reviewDesk.queue()[0]?.events).toEqual({ total: 2, judged: 1, faults: 0 });
    const [measured] = events('qc.measured');
    const payload = measured?.payload as { events: { startFrame: number; endFrame: number }[] };
    const again = payload.events.map((event) => ({ ...event, endFrame: event.endFrame + 1 }));
    const run = { ...payload, qcRunId: qcRunIdSchema.parse(newId()), events: again };
    bed.log.append([{ type: 'qc.measured', payload: run as never, actorId: ada }]);
    expect(judged()).toEqual(['accepted tape', undefined]);
    register.decide({ ...accepted, endFrame: 13, judgement: 'dismissed', origin: null }, bo);
    expect(judged()).toEqual(['dismissed null', undefined]);
    expect(
      reviewDesk.show(passId).decisions.map(({ decidedBy, qcRunId }) => [decidedBy, qcRunId === run.qcRunId]),
    ).toEqual([
      [ada, false],
      [bo, true],
    ]);
  });
});

describe('notes', () => {
  it('lie within the pass and its picture, in words of the vocabulary, and stay when they are withdrawn', () => {
    const { reviewRegister: register, reviewDesk, passId, ada } = open();
    const note: Parameters<typeof register.note>[0] = {
      ...{ passId, startFrame: 40, endFrame: 44, region: null, stillFrame: 41, term: 'video-dropout' },
      ...{ medium: 'video', origin: 'tape', severity: 'warn', words: '' },
    };
    const region = { x: 700, y: 0, width: 20, height: 576 };
    expect(() => register.note({ ...note, endFrame: 250 }, ada)).toThrow('250 frames');
    expect(() => register.note({ ...note, endFrame: 39 }, ada)).toThrow('no range');
    expect(() => register.note({ ...note, stillFrame: 250 }, ada)).toThrow('no frame 250');
    expect(() => register.note({ ...note, region: { ...region, width: 21 } }, ada)).toThrow('720 x 576');
    expect(() => register.note({ ...note, term: 'gremlins' }, ada)).toThrow('no term "gremlins"');
    expect(() => register.note({ ...note, term: null }, ada)).toThrow('needs a term or words');
    const { id } = register.note({ ...note, region }, ada);
    register.withdrawNote(id, 'It is rain.', ada);
    expect(() => register.withdrawNote(id, 'Twice.', ada)).toThrow('It is rain.');
    expect(reviewDesk.show(passId).notes).toMatchObject([
      { id, region, withdrawn: { reason: 'It is rain.' } },
    ]);
  });
});

describe('a sitting', () => {
  it('is one event, however often it is reported, and another one after a pause', () => {
    const { sittingRegister: register, passId, ada, bo } = open();
    const report = (startFrame: number, endFrame: number, ended = false, who: string = ada) =>
      register.report({ passId, ranges: [{ startFrame, endFrame }], ended }, who);
    expect(() => report(240, 250)).toThrow('250 frames');
    for (const start of [0, 10, 20]) report(start, start + 9);
    report(100, 109, false, bo);
    expect(events('review.watched')).toEqual([]);
    expect(register.watched(passId)).toMatchObject([
      { personId: ada, ranges: [{ startFrame: 0, endFrame: 29 }] },
      { personId: bo, ranges: [{ startFrame: 100, endFrame: 109 }] },
    ]);
    report(30, 39, true);
    nowMs += 5_000;
    report(200, 209);
    nowMs += 16 * 60_000;
    report(50, 59);
    expect(events('review.watched')).toHaveLength(2);
    // The engine ends, and once more: nothing is recorded twice.
    register.endAll();
    register.endAll();
    expect(events('review.watched').map(({ actorId }) => actorId)).toEqual([ada, ada, bo, ada]);
    expect(register.watched(passId)[0]?.ranges).toEqual([
      { startFrame: 0, endFrame: 39 },
      { startFrame: 50, endFrame: 59 },
      { startFrame: 200, endFrame: 209 },
    ]);
  });

  it('holds no more than can have been played at twice the speed since the last report', () => {
    const { sittingRegister: register, passId, ada, bo } = open();
    const report = (frames: number, who = ada, ended = false) => {
      const ranges = frames === 0 ? [] : [{ startFrame: 0, endFrame: frames - 1 }];
      register.report({ passId, ranges, ended }, who);
    };
    const seen = (who = ada) => register.watched(passId).find(({ personId }) => personId === who)?.ranges;
    // A program that says at once that all of it was seen.
    expect(() => report(250)).toThrow('250 frames cannot have been played');
    report(0);
    expect(() => report(250)).toThrow('What was watched before is kept');
    nowMs += 4_000;
    // Four seconds at twice the speed of 25 frames a second, and the slack.
    expect(() => report(250 + 30, bo)).toThrow('250 frames');
    report(200);
    expect(seen()).toEqual([{ startFrame: 0, endFrame: 199 }]);
    // Small reports that follow each other at once come to no more than the slack.
    report(40);
    expect(() => {
      for (let times = 0; times < 3; times++) report(40);
    }).toThrow('cannot have been played');
    // A refused report is told again with the next, and the time in between counts.
    expect(() => report(240, bo)).toThrow('cannot have been played');
    nowMs += 4_000;
    report(240, bo);
    expect(seen(bo)).toEqual([{ startFrame: 0, endFrame: 239 }]);
    // Whoever left begins anew.
    report(0, ada, true);
    nowMs += 60_000;
    expect(() => report(250)).toThrow('cannot have been played');
  });

  it('tells pictures of the master from those of the access copy, while it goes on and when it is over', () => {
    const { sittingRegister: register, passId, ada } = open();
    const ranges = [{ startFrame: 0, endFrame: 9 }];
    register.report({ passId, ranges, masterRanges: [{ startFrame: 4, endFrame: 6 }], ended: false }, ada);
    const seen = {
      masterRanges: [{ startFrame: 4, endFrame: 6 }],
      copyRanges: [
        { startFrame: 0, endFrame: 3 },
        { startFrame: 7, endFrame: 9 },
      ],
    };
    expect(register.watched(passId)).toEqual([{ personId: ada, ranges, ...seen }]);
    register.endAll();
    expect(register.watched(passId)).toEqual([{ personId: ada, ranges, ...seen }]);
    // An event of a version that did not tell.
    const older = { ...(events('review.watched')[0]?.payload as object), sittingId: newId() };
    Reflect.deleteProperty(older, 'masterRanges');
    Object.assign(older, { ranges: [{ startFrame: 20, endFrame: 29 }] });
    bed.log.append([{ type: 'review.watched', payload: older as never, actorId: ada }]);
    expect(register.watched(passId)).toMatchObject([{ ranges: [...ranges, { startFrame: 20 }], ...seen }]);
    sameWhenRebuilt();
  });

  it('in which nothing was watched leaves nothing', () => {
    const { sittingRegister, passId, ada } = open();
    sittingRegister.report({ passId, ranges: [], ended: true }, ada);
    sittingRegister.endAll();
    expect(events('review.watched')).toEqual([]);
  });
});

describe('verdicts', () => {
  it('are signed, bound to the master and the measurement, and say what they rest on', () => {
    const {
      verdictRegister: register,
      sittingRegister,
      reviewRegister,
      reviewDesk,
      passId,
      ada,
      ids,
    } = open();
    const given = {
      passId,
      verdict: 'reject',
      reason: '',
      planId: 'head-middle-tail',
      settles: false,
    } as const;
    reviewRegister.take({ passId, reason: '' }, ada);
    reviewRegister.decide({ ...clipping, passId, judgement: 'dismissed', origin: null }, ada);
    sittingRegister.report({ passId, ranges: [], ended: false }, ada);
    nowMs += 4_000;
    sittingRegister.report({ passId, ranges: [{ startFrame: 0, endFrame: 99 }], ended: false }, ada);
    for (const verdict of ['reject', 'capture-again', 'accept-with-notes'] as const)
      expect(() => register.give({ ...given, verdict }, ada)).toThrow('needs a reason');
    expect(events('review.watched')).toEqual([]);
    const verdict = register.give({ ...given, verdict: 'accept' }, ada);
    expect(verdict).toMatchObject({
      givenBy: ada,
      master: { fileId: ids.masterId, sha256: 'b'.repeat(64) },
      qcRunId: ids.qcRunId,
      basis: { events: 2, judgedEvents: 1, planFrames: 250, watchedPlanFrames: 100, watchedFrames: 100 },
    });
    // The sitting stands before the verdict that rests on it, and the desk is empty again.
    expect(events('review.watched')[0]?.seq).toBeLessThan(verdict.seq);
    expect(reviewDesk.show(passId)).toMatchObject({
      outcome: 'accepted',
      holding: null,
      names: { [ada]: 'Ada' },
    });
    expect(reviewDesk.queue()).toEqual([]);
  });

  it('of a second person can be asked for, and disagree', () => {
    const { verdictRegister: register, reviewDesk, passId, ada, bo } = open();
    const given = { passId, verdict: 'accept', reason: '', planId: 'random', settles: false } as const;
    const outcome = () => reviewDesk.show(passId).outcome;
    expect(() => register.ask({ passId, of: ada, question: '' }, ada)).toThrow('somebody else');
    expect(() => register.ask({ passId, of: newId(), question: '' }, ada)).toThrow('no person');
    const asked = register.ask({ passId, of: bo, question: 'Is it rain?' }, ada);
    expect(() => register.ask({ passId, of: bo, question: '' }, ada)).toThrow('asked before');
    register.give(given, ada);
    expect([outcome(), reviewDesk.queue()[0]?.askedOf]).toEqual(['asked', [{ id: bo, name: '' }]]);
    register.give({ ...given, verdict: 'reject', reason: 'Dropouts.' }, bo);
    expect([outcome(), reviewDesk.queue()[0]?.outcome]).toEqual(['disputed', 'disputed']);
    expect(() => register.withdraw(asked.id, '.', ada)).toThrow('answered or withdrawn');
    const other = register.ask({ passId, of: null, question: '' }, ada);
    register.withdraw(other.id, 'We spoke.', ada);
    expect(outcome()).toBe('disputed');
    register.give({ ...given, verdict: 'accept', reason: 'We looked together.', settles: true }, ada);
    expect([outcome(), reviewDesk.show(passId).verdicts.length]).toEqual(['accepted', 3]);
    sameWhenRebuilt();
  });

  it('that are written down for somebody say who wrote them, as notes and decisions do', () => {
    const { verdictRegister, reviewRegister, reviewDesk, passId, ada, bo } = open();
    const given = { passId, verdict: 'accept', reason: '', planId: 'random', settles: false } as const;
    const note: Parameters<typeof reviewRegister.note>[0] = {
      ...{ passId, startFrame: 40, endFrame: 44, region: null, stillFrame: null, term: null },
      ...{ medium: null, origin: null, severity: null, words: 'A streak.' },
    };
    const decision = { ...clipping, passId, judgement: 'dismissed', origin: null } as const;
    verdictRegister.give(given, ada);
    expect(reviewDesk.show(passId).verdicts).toMatchObject([{ givenBy: ada, writtenBy: null }]);
    verdictRegister.give(given, bo, ada);
    reviewRegister.note(note, bo, ada);
    reviewRegister.decide(decision, bo, ada);
    verdictRegister.ask({ passId, of: null, question: '' }, bo, ada);
    for (const type of ['verdict-given', 'noted', 'event-decided', 'opinion-asked'])
      expect(events(`review.${type}`).at(-1)).toMatchObject({ actorId: bo, payload: { writtenBy: ada } });
    const { verdicts, notes, decisions, opinions, names } = reviewDesk.show(passId);
    for (const said of [verdicts.at(-1), notes[0], decisions[0], opinions[0]])
      expect(said).toMatchObject({ writtenBy: ada });
    expect(names[ada]).toBe('Ada');
    sameWhenRebuilt();
  });

  it('say whose words the findings were judged by, and which file was watched', () => {
    const { verdictRegister, reviewRegister, sittingRegister, passId, ada, bo } = open();
    reviewRegister.decide({ ...clipping, passId, judgement: 'accepted', origin: 'tape' }, ada);
    const masterRanges = [{ startFrame: 0, endFrame: 4 }];
    sittingRegister.report(
      { passId, ranges: [{ startFrame: 0, endFrame: 19 }], masterRanges, ended: false },
      bo,
    );
    const given = { passId, verdict: 'accept', reason: '', planId: 'random', settles: false } as const;
    expect(verdictRegister.give(given, bo).basis).toMatchObject({
      judgedBy: [{ personId: ada, events: 1 }],
      watchedFrames: 20,
      watchedOf: { masterFrames: 5, copyFrames: 15 },
    });
  });

  it('accept no master that is not the file that was sealed', () => {
    const { verdictRegister: register, reviewDesk, passId, ada, events: all } = open();
    const given = { passId, verdict: 'accept', reason: '', planId: 'random', settles: false } as const;
    const { sizeBytes } = bed.stores.files.ofPass(passId).find(({ role }) => role === 'master') ?? {
      sizeBytes: 0,
    };
    const sealedAt = Date.parse(bed.stores.passes.find(passId)?.sealedAt ?? '');
    const later = new Date(sealedAt + 3_600_000);
    onDisk = { sizeBytes: sizeBytes + 1, modifiedAt: new Date(sealedAt) };
    expect(() => register.give(given, ada)).toThrow('not the file that was sealed');
    onDisk = { sizeBytes, modifiedAt: later };
    expect(reviewDesk.show(passId).files.master).toBe('changed');
    expect(() => register.give(given, ada)).toThrow('not the file that was sealed');
    expect(register.give({ ...given, verdict: 'reject', reason: 'Torn.' }, ada).basis.files).toMatchObject({
      master: 'changed',
    });
    onDisk = undefined;
    expect(reviewDesk.show(passId).files.master).toBe('not-there');
    onDisk = { sizeBytes, modifiedAt: new Date(sealedAt) };
    expect(register.give(given, ada).basis.files).toEqual({
      copy: 'not-compared',
      master: 'as-sealed',
      provedAt: new Date(sealedAt).toISOString(),
    });
    // Bytes that were read anew and found right count from then on, whatever the date of the file is.
    const certified = all.copyCertified.find(({ type }) => type === 'access.certified');
    const certificate = (certified?.payload as { certificate: object } | undefined)?.certificate;
    const read = (sha256: string) => {
      const certifiedAt = later.toISOString();
      const fresh = {
        ...certificate,
        id: newId(),
        certifiedAt,
        masterSha256: sha256,
        accessSha256: 'f'.repeat(64),
      };
      const payload = { ...certified?.payload, certificate: fresh };
      bed.log.append([{ ...certified, payload } as never]);
    };
    onDisk = { sizeBytes, modifiedAt: later };
    read('b'.repeat(64));
    expect(reviewDesk.show(passId).files).toMatchObject({
      master: 'as-sealed',
      provedAt: later.toISOString(),
    });
    read('c'.repeat(64));
    expect(reviewDesk.show(passId).files.master).toBe('changed');
  });
});

/** The log tells all of it. */
function sameWhenRebuilt(): void {
  const before = dumpTables(bed.db, bed.tables);
  bed.log.rebuild();
  expect(dumpTables(bed.db, bed.tables)).toEqual(before);
}
