import { expect, it } from 'vitest';
import { intentionIdSchema, passIdSchema } from '#shared/domain/ids.ts';
import { wordIntention } from './intention-words.ts';

const uuid = (end: number) => `019a0000-0000-7000-8000-00000000000${end}`;
const pass = (number: number, programmeStartFrame: number | null) => ({
  ...{ id: passIdSchema.parse(uuid(number)), passNumber: number, programmeStartFrame },
});
const meant = {
  ...{ id: intentionIdSchema.parse(uuid(9)), check: 'black', channels: null, reason: 'A dark work.' },
  range: { passId: pass(1, 0).id, startFrame: 100, endFrame: 149 },
};

it('says of a place of one pass whether it holds on another', () => {
  const said = (asked: ReturnType<typeof pass>, first = pass(1, 50)) =>
    wordIntention(meant, [first, asked], asked).replace(`${meant.id}  `, '');
  expect(said(pass(1, 50))).toBe('black, frames 100-149 of pass 1: A dark work.');
  expect(said(pass(2, 60))).toContain('of pass 1 (here frames 110-159): ');
  expect(said(pass(2, null))).toContain('(does not hold on pass 2: it is not known of both where');
});
