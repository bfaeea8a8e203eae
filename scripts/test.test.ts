import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alone, conclude, countReport, plannedRuns, settle } from './test.mjs';

const report = (
  numPassedTests: number,
  numFailedTests: number,
  files: { status: string; tests: string[] }[] = [],
) => ({
  numPassedTests,
  numFailedTests,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: files.map(({ status, tests }) => ({
    status,
    assertionResults: tests.map((each) => ({ status: each })),
  })),
});

describe('countReport', () => {
  it('adds skipped and todo', () => {
    expect(countReport(report(5, 0))).toEqual({ passed: 5, failed: 0, skipped: 3 });
  });
  it('counts a file that could not be loaded, but a failed test only once', () => {
    const files = [
      { status: 'failed', tests: [] },
      { status: 'failed', tests: ['passed', 'failed'] },
      { status: 'passed', tests: ['passed'] },
    ];
    expect(countReport(report(2, 1, files)).failed).toBe(2);
  });
});

describe('settle', () => {
  it('takes a runner that ended badly without a failed test as one failure', () => {
    expect(settle({ passed: 9, failed: 0, skipped: 0 }, false)).toEqual({ passed: 9, failed: 1, skipped: 0 });
    expect(settle(undefined, false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(settle({ passed: 9, failed: 2, skipped: 0 }, false).failed).toBe(2);
  });
});

describe('conclude', () => {
  it('adds up the runners', () => {
    const counts = [
      { passed: 3, failed: 0, skipped: 0 },
      { passed: 4, failed: 0, skipped: 0 },
    ];
    expect(conclude(counts)).toEqual({ line: '7 passed, 0 failed', exitCode: 0 });
  });
  it('names skipped tests when there are any', () => {
    expect(conclude([{ passed: 3, failed: 0, skipped: 2 }]).line).toBe('3 passed, 0 failed, 2 skipped');
  });
  it('fails on one failure, and when nothing ran', () => {
    expect(conclude([{ passed: 3, failed: 1, skipped: 0 }]).exitCode).toBe(1);
    expect(conclude([{ passed: 0, failed: 0, skipped: 8 }]).exitCode).toBe(1);
    expect(conclude([])).toEqual({ line: '0 passed, 0 failed', exitCode: 1 });
  });
});

describe('what npm test runs', () => {
  it('names files that are there as those that run alone: any other name would let them run beside others', () => {
    const root = join(import.meta.dirname, '..');
    expect(alone.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
  it('runs every file of test/ once', () => {
    const [, ...runs] = plannedRuns();
    const paths = runs.flat().filter((argument) => argument.startsWith('test/'));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toEqual(expect.arrayContaining([...alone, 'test/e2e/one-tape.test.ts']));
    expect(paths.length).toBeGreaterThan(30);
  });
});
