import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { passIdSchema } from '#shared/domain/ids.ts';
import { commands } from '../../commands/table.ts';
import { useCertifying } from './compare/certifying.ts';
import { type ComparedPass, comparison } from './comparison.ts';
import { exporting, useExporting } from './exporting.ts';
import { judging } from './judging/judging.ts';
import { useSide } from './side.ts';

const pass = (last: number): ComparedPass => ({
  id: passIdSchema.parse(`01a209b2-7a2e-706b-aad3-00000000000${last}`),
  ...{ passNumber: last, frames: 250, accessFileId: null },
  video: { width: 720, height: 576, frameRate: { num: 25, den: 1 }, fieldOrder: 'tff' },
});
const press = (id: string) => commands.find((command) => command.id === `review.${id}`)?.run();
const shows = () => useSide.getState().shows;

beforeEach(() => {
  comparison.open(pass(1), { hasAccess: true, others: [pass(2)] });
  // The engine never answers.
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
});
afterEach(() => {
  comparison.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('the comparison takes the place of the events where there is one, and goes with it', () => {
  press('side');
  expect(shows()).toBe('events');
  comparison.choose({ kind: 'access' });
  expect(shows()).toBe('events');
  press('side');
  expect(shows()).toBe('comparison');
  comparison.choose({ kind: 'pass', pass: pass(2) });
  expect(shows()).toBe('comparison');
  comparison.choose({ kind: 'bars', pattern: '100/0/75/0' });
  expect(shows()).toBe('events');
});

test('no event is judged that is not in sight: the key shows it first', () => {
  const decide = vi.spyOn(judging, 'decide').mockImplementation(() => undefined);
  comparison.choose({ kind: 'access' });
  press('side');
  press('acceptEvent');
  expect([shows(), decide.mock.calls]).toEqual(['events', []]);
  press('acceptEvent');
  press('side');
  press('nextEvent');
  expect([shows(), decide.mock.calls]).toEqual(['events', [['accepted']]]);
});

test('a certificate is asked for with nothing beside the master: the access copy comes there', () => {
  press('certify');
  expect([comparison.hasB(), shows()]).toEqual([true, 'comparison']);
  expect(useCertifying.getState().passId).toBe(pass(1).id);
});

test('a page that is asked for while it is being written is not begun again, and says so', () => {
  void exporting.report();
  const { page, passId, isAskedAgain } = useExporting.getState();
  expect([page, passId, isAskedAgain]).toEqual(['report', pass(1).id, false]);
  void exporting.certificate();
  expect(useExporting.getState()).toMatchObject({ page: 'report', isAskedAgain: true });
});
