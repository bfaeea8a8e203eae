// Runs every test and adds up what all runners said. Last line: `N passed, N failed` (`, N skipped`).
// Exit code 1 when anything failed or nothing ran. Further arguments go to vitest (`npm test -- --project unit`).
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * Counts what vitest's json report says. A file that could not be loaded has no tests in the report: it is a failure all the same.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 * @returns {Count}
 */
export function countReport(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/**
 * The count of one runner. One that ended badly without a failed test (an unhandled error, a crash) counts as one failure.
 * @param {Count | undefined} reported @param {boolean} isClean @returns {Count}
 */
export function settle(reported, isClean) {
  const count = reported ?? { passed: 0, failed: 0, skipped: 0 };
  return !isClean && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** @param {readonly Count[]} counts @returns {{ line: string, exitCode: 0 | 1 }} */
export function conclude(counts) {
  const sum = (/** @type {keyof Count} */ key) => counts.reduce((total, count) => total + count[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { line, exitCode: failed > 0 || passed === 0 ? 1 : 0 };
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Runs vitest's entry with this Node. Tests start hundreds of programs: what one of them compiled, the next one takes from `cachePath`.
 * @param {readonly string[]} args @param {string} reportPath @param {string} cachePath @returns {Promise<Count>}
 */
async function runVitest(args, reportPath, cachePath) {
  const entry = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const argv = [
    entry,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportPath}`,
    ...args,
  ];
  const child = spawn(process.execPath, argv, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: cachePath },
  });
  const isClean = await new Promise((done) => {
    child.on('error', () => done(false));
    child.on('exit', (exitCode) => done(exitCode === 0));
  });
  const report = existsSync(reportPath)
    ? countReport(JSON.parse(readFileSync(reportPath, 'utf8')))
    : undefined;
  return settle(report, isClean);
}

/**
 * Recordings that are paced by the clock leave a core idle most of the time: two files of them run at a time. These do not: they ask what this
 * machine can do, take all of it, or state to the frame what a kill cost while it was busy.
 */
export const alone = [
  'test/capture-faults/early-kill.test.ts',
  'test/capture-faults/engine.test.ts',
  'test/capture-faults/failed-disk.test.ts',
  'test/capture-faults/follower.test.ts',
  'test/capture-faults/plan.test.ts',
  'test/capture-faults/pressure.test.ts',
  'test/capture-faults/recorder.test.ts',
  'test/capture-faults/whole-way.test.ts',
  'test/bench/faults/disk.test.ts',
  'test/bench/faults/kills.test.ts',
];

/** Of the others, those that play tapes nearly all the time: two files of them fill two cores. What else there is waits for pages, programs and the clock. */
const playing = ['test/bench/faults/', 'test/capture-faults/', 'test/station-test/'];

/** What vitest is run with, one after the other: recordings paced by the clock are not to compete with unit tests. */
export function plannedRuns() {
  const others = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((path) => `test/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.test\.tsx?$/.test(path) && !path.startsWith('test/fuzz/') && !alone.includes(path));
  const isPlaying = (/** @type {string} */ path) => playing.some((folder) => path.startsWith(folder));
  return [
    ['--project', 'unit'],
    ['--project', 'e2e', ...alone],
    ['--project', 'e2e', '--fileParallelism', '--maxWorkers=2', ...others.filter(isPlaying)],
    // These change nothing of their process: the engine's sources are loaded once for all files of a worker.
    [
      ...['--project', 'e2e', '--fileParallelism', '--maxWorkers=3', '--no-isolate'],
      ...others.filter((path) => !isPlaying(path)),
    ],
  ];
}

/** Builds the pages before anything runs: two files that find them stale at once would build them into each other. */
async function buildPages() {
  const { buildOnce } = await import(pathToFileURL(join(root, 'test', 'e2e', 'build-once.ts')).href);
  await buildOnce();
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'helical-test-'));
  try {
    const asked = process.argv.slice(2);
    if (asked.length === 0) await buildPages();
    const runs = asked.length > 0 ? [asked] : plannedRuns();
    const counts = [];
    for (const [index, args] of runs.entries())
      counts.push(await runVitest(args, join(folder, `${index}.json`), join(folder, 'compiled')));
    const { line, exitCode } = conclude(counts);
    process.stdout.write(`\n${line}\n`);
    return exitCode;
  } finally {
    // A program that outlives its test may write what it compiled still.
    rmSync(folder, { recursive: true, maxRetries: 10 });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
