import { expect, it } from 'vitest';
import { dvReportClean, dvReportOfOther, dvReportWithErrors } from './dv-report.fixture.ts';
import { parseDvReport } from './dv-report.ts';

it('counts errors of each frame once, by kind', () => {
  const report = parseDvReport(dvReportWithErrors, 'it');
  expect([report.version, report.frames, report.problem]).toEqual(['24.07', 32, undefined]);
  expect(report.runs).toMatchObject([
    { frames: 30, size: '720x480', rate: '30000/1001', chroma: '4:1:1', audioRateHz: 32_000, channels: 4 },
    { frames: 2, audioRateHz: 48_000, channels: 2 },
  ]);
  const none = { video: false, audio: false };
  expect(report.faulty).toEqual([
    {
      ...{ frame: 1, timecode: '00:07:44;17', audioBlocks: 9, concealed: none, jumps: false },
      videoBlocks: new Map([
        [2, 4],
        [10, 270],
      ]),
    },
    expect.objectContaining({ frame: 14, jumps: true, audioBlocks: 0 }),
    expect.objectContaining({ frame: 30, concealed: { video: true, audio: true } }),
    expect.objectContaining({ frame: 31, concealed: { video: false, audio: true } }),
  ]);
});

it('finds nothing wrong where nothing is', () => {
  expect(parseDvReport(dvReportClean, 'it')).toMatchObject({ frames: 217, faulty: [], problem: undefined });
});

it('says why there is nothing', () => {
  expect(parseDvReport(dvReportOfOther, 'it')).toMatchObject({ frames: 0, problem: 'not DV' });
});

it('refuses a report that was cut, and what is none', () => {
  const cut = dvReportWithErrors.slice(0, -20);
  for (const text of [cut, '', '<html></html>', '{"frames": 3}']) {
    expect(() => parseDvReport(text, '/a/b.xml')).toThrow(/\/a\/b\.xml is not a whole report of dvrescue/);
  }
});
