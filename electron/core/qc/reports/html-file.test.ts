import { expect, it } from 'vitest';
import type { MediaFindings } from '#shared/domain/qc.ts';
import { fileRules } from './html-file.ts';
import type { ReportSource } from './report-source.ts';

const sourceOf = (media: MediaFindings | undefined) => ({ result: { media } }) as unknown as ReportSource;
const notAsked = { notRun: 'MediaConch is not installed', applied: 0, passed: 0, problems: [] };
const rule = (id: string, ok: boolean, expected: string, measured: string) => ({
  ...{ id, ok, expected, measured, severity: 'warn' as const, message: '' },
});

it('tells of each rule whether the file keeps it, and what was asked and seen', () => {
  const rules = [
    rule('file-field-order', true, 'interlaced with the first field, or progressive', 'progressive'),
    rule('file-ffv1-slices', false, '4 or more', '1 <b>'),
  ];
  const page = fileRules(sourceOf({ rules, mediaconch: notAsked }), 'nl');
  expect(page).toContain('1 van 2 regels kloppen. MediaConch is niet gevraagd');
  expect(page).toContain('<td>✓ klopt</td>');
  expect(page).toContain('<td>progressief</td>');
  expect(page).toContain('1 &lt;b&gt;');
});

it('says so where no rule applies, and nothing where nobody asked', () => {
  const mediaconch = { applied: 866, passed: 866, problems: [] };
  const page = fileRules(sourceOf({ rules: [], mediaconch }), 'en');
  expect(page).toBe(
    '<p>No rule of ours applies to it: they are for masters, FFV1 in Matroska. MediaConch: 866 of 866 tests passed.</p>\n',
  );
  expect(fileRules(sourceOf(undefined), 'en')).toBe('');
});
