import { describe, expect, it, test } from 'vitest';
import { passReviewSchema } from '#shared/domain/pass-review.ts';
import { recording } from './html-recording.ts';
import { recordedPass } from './recorded-pass.testbed.ts';
import type { ReportReview } from './report-review.ts';
import type { ReportSource } from './report-source.ts';

const sha256 = 'c'.repeat(64);

function sourceOf(named: Parameters<typeof recordedPass>[0], master: object = {}): ReportSource {
  const pass = recordedPass(named);
  const files = { copy: null, master: 'as-sealed', provedAt: '2026-11-24T08:00:00.000Z' };
  const review: ReportReview = {
    ...{ subject: { tape: 'VT-1', passNumber: 1 }, pass, terms: [] },
    nameOf: (id) => (id === pass.operatorId ? 'Ada <Maes>' : id),
    said: passReviewSchema.parse({
      ...{ passId: pass.id, outcome: 'waiting', holding: null, qcRunId: null, masterSha256: sha256, files },
      ...{ names: {}, decisions: [], notes: [], opinions: [], verdicts: [], watched: [], ...master },
    }),
  };
  return { review } as ReportSource;
}

const textOf = (html: string) =>
  html
    .replaceAll('</div>', '\n')
    .replaceAll('</dt>', ': ')
    .replace(/<[^>]*>/g, '');

describe('how a pass was recorded', () => {
  it('says seal, fixity, loss, who, when and with what', () => {
    const text = textOf(recording(sourceOf({}), 'en'));
    expect(text).toContain('Master: ✓ Sealed 23 November 2026 at 09:02:00 UTC: each of its 25 frames');
    expect(text).toContain('(1 of 1 checks good)');
    expect(text).toContain(`SHA-256 ${sha256}; by its size and date the master is unchanged`);
    expect(text).toContain('last read and found right 24 November 2026 at 08:00:00 UTC');
    expect(text).toContain('None: no frame was dropped.');
    expect(text).toContain('Recorded by: Ada &lt;Maes&gt;');
    expect(text).toContain('BVU-950P -&gt; DPS-290');
    expect(text).toContain('23 November 2026 at 09:01:00 UTC – 23 November 2026 at 09:01:01 UTC\n');
  });

  it('says what was lost, and what is not sealed, with a sign', () => {
    const failed = { state: 'failed', sealedAt: null, failReason: 'seal-check-failed' };
    const lost = { droppedFrames: 1150, lostFrames: 12, lossBasis: 'wall-clock', endReason: 'recorder-died' };
    const text = textOf(recording(sourceOf({ ...failed, ...lost, chainName: '' }), 'en'));
    expect(text).toContain('Master: ▲ Not sealed: a check of the seal failed');
    expect(text).toContain('▲ 1,150 dropped by the card; they are not in the master; 12 lost in a crash');
    expect(text).toContain('▲ The recorder died. This pass did not end as it was meant to');
    expect(text).toContain('Deck and signal chain: not stated');
    expect(textOf(recording(sourceOf({ state: 'following', sealedAt: null }), 'en'))).toContain(
      '○ Not sealed yet',
    );
  });

  it('tells no fixity where no master was registered', () => {
    expect(recording(sourceOf({}, { masterSha256: null }), 'en')).not.toContain('Fixity');
  });
});

test.each([
  ['en', 'is not known here'],
  ['nl', 'is hier niet bekend'],
  ['fr', 'On ignore ici'],
] as const)('a file by itself says in %s that none of it is known', (language, words) => {
  expect(recording({ review: undefined } as ReportSource, language)).toContain(words);
});
