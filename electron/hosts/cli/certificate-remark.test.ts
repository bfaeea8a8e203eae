import { expect, it } from 'vitest';
import type { Certificate } from '#shared/domain/certificate.ts';
import { certificateRemark } from './certificate-remark.ts';

const test = (changes: { sourceId?: string; chainName?: string; inForce?: boolean; outdated?: boolean }) => {
  const {
    sourceId = 'decklink:Duo (1)?video=sdi',
    chainName = 'BVW-75',
    inForce = true,
    outdated = false,
  } = changes;
  const certificate = { sourceId, chainName, testedAt: '2026-01-02T03:04:05.000Z' } as Certificate;
  return { certificate, inForce, outdated };
};

it.each([
  ['nothing was tested', [], /in force/],
  ['the latest test was not good', [test({ inForce: false })], /in force/],
  ['another chain was tested', [test({ chainName: 'VHS' })], /in force/],
  ['another card was tested', [test({ sourceId: 'decklink:Duo (2)' })], /in force/],
  ['the test is old', [test({ outdated: true })], /of 2026-01-02 is more than 30 days old/],
])('is made where %s', (_, tests, remark) => {
  expect(certificateRemark(tests, 'decklink:Duo (1)', 'BVW-75')).toMatch(remark);
});

it('is none where a good test of the device and chain is in force, whichever input it took', () => {
  expect(
    certificateRemark([test({ chainName: 'VHS' }), test({})], 'decklink:Duo (1)?video=composite', 'BVW-75'),
  ).toBeUndefined();
});
