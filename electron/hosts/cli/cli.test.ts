import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findInstallation } from '../installation.ts';
import { serve } from '../serve.ts';
import { openLogger } from '../settings.ts';
import { createProgram } from './program.ts';
import { runCommandLine } from './run-command-line.ts';

const { rootDir } = findInstallation();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'helical-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const unknownPass = '019a0000-0000-7000-8000-000000000000';

/** The real program, as a shell would run it: for what is about processes, as engines that meet in one data folder. */
async function helicalProgram(dataDir: string, ...args: string[]) {
  const program = join(rootDir, 'electron', 'hosts', 'cli', 'main.ts');
  const child = spawn(process.execPath, [program, '--data', dataDir, ...args], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [exitCode] = await once(child, 'close');
  return { exitCode: exitCode as number, stdout, stderr, json: () => JSON.parse(stdout) };
}

/** The same command line in this process, one command at a time: the exit code, and what was written. */
async function helical(dataDir: string, ...args: string[]) {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const written = (stream: typeof out) => stream.mock.calls.map(([text]) => text).join('');
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await runCommandLine(['--data', dataDir, ...args]);
    const [stdout, stderr] = [written(out), written(err)];
    return { exitCode: process.exitCode as number, stdout, stderr, json: () => JSON.parse(stdout) };
  } finally {
    out.mockRestore();
    err.mockRestore();
    process.exitCode = before;
  }
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the command line', () => {
  beforeAll(async () => {
    const begun = await helicalProgram(join(folder, 'errors'), 'tapes', 'register', 'E-1', '--format', 'hi8');
    expect([begun.exitCode, begun.stderr]).toEqual([
      0,
      `A new data folder is begun: ${join(folder, 'errors')}\n`,
    ]);
  });
  it.each([
    ['an unknown command', ['bogus'], 2],
    ['a missing option', ['capture', '--tape', 'x'], 2],
    ['a bad number', ['tapes', 'list', '--limit', 'many'], 2],
    ['an unknown tape', ['tapes', 'show', 'nope'], 2],
    ['a capture of an unknown tape', ['capture', '--tape', 'nope', '--source', 'simulator'], 2],
    ['an unknown batch', ['batch', 'check', 'nope'], 2],
    ['what is no pass', ['passes', 'show', 'nope'], 2],
    ['a list that is not there', ['tapes', 'import', 'nope.csv'], 2],
    ['a file that is not there', ['qc', 'nope.mkv'], 2],
    ['a report in no known form', ['qc', 'report', 'x.mkv', '--format', 'pdf', '--to', 'y.pdf'], 2],
    ['a report of nothing', ['qc', 'report', 'nope.mkv', '--format', 'csv', '--to', 'y.csv'], 2],
    ['what is no report', ['qc', 'read', 'nope.xml'], 2],
    ['an intention without its reason', ['qc', 'intend', 'nope', '--check', 'black'], 2],
    ['a profile that there is not', ['qc', 'profiles', 'wax'], 2],
    ['a verdict that is none', ['review', 'verdict', 'nope', 'perhaps'], 2],
    ['a link for nobody known', ['serve', '--as', 'nobody'], 2],
    ['a master that is not there', ['verify', 'nope.mkv'], 2],
    ['a comparison of nothing', ['compare', 'nope', 'nope'], 2],
    ['one file compared with nothing', ['compare', import.meta.filename], 2],
    ['an access copy moved by hand', ['compare', unknownPass, '--align', '3'], 2],
    ['a review of a pass that there is not', ['review', 'show', unknownPass], 2],
    ['help', ['--help'], 0],
  ])('ends for %s with a sentence', async (_what, args, exitCode) => {
    const ended = await helical(join(folder, 'errors'), ...args);
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stdout + ended.stderr).not.toMatch(/^\s+at /m);
    expect(exitCode === 0 ? ended.stdout : ended.stderr).not.toBe('');
    if (exitCode !== 0) expect(ended.stdout).toBe('');
  });

  it('is as a program what it is in this process: help, a misspelt command, and what it ends with', async () => {
    for (const args of [['--help'], ['taps'], ['tapes', 'show', 'nope']]) {
      const { exitCode, stdout, stderr } = await helicalProgram(join(folder, 'errors'), ...args);
      const here = await helical(join(folder, 'errors'), ...args);
      expect([exitCode, stdout, stderr]).toEqual([here.exitCode, here.stdout, here.stderr]);
    }
  });

  it('loads the command that is named, whatever stands before it, and all of them for help', async () => {
    const names = async (...args: string[]) =>
      (await createProgram(args)).commands.map((command) => command.name());
    const all = await names('--help');
    expect(all).toHaveLength(16);
    for (const name of all) expect(await names(name, '--help')).toEqual([name]);
    expect(await names('--data', 'tapes', '--json', 'log', 'verify')).toEqual(['log']);
    expect(await names('--data=tapes', 'help', 'log')).toEqual(all);
    expect(await names('toString')).toEqual(all);
  });

  it('refuses a data folder that was never begun, and makes none', async () => {
    const mistyped = join(folder, 'mistyped');
    const ended = await helical(mistyped, 'review', 'queue');
    expect([ended.exitCode, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain(`no data of Helical in ${mistyped}`);
    expect(existsSync(mistyped)).toBe(false);
  });

  it('leaves no folder behind for a certificate that there is not', async () => {
    const to = join(folder, 'certificates', 'of-nothing');
    const ended = await helical(join(folder, 'errors'), 'compare', unknownPass, '--to', to);
    expect([ended.exitCode, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain(`There is no pass ${unknownPass}`);
    expect(existsSync(join(folder, 'certificates'))).toBe(false);
  });

  it('says what verify found wrong, from the files alone', async () => {
    const dataDir = join(folder, 'never-made');
    const ended = await helical(dataDir, 'verify', '--json', file('note.txt', 'no master'));
    expect([ended.exitCode, ended.json()]).toMatchObject([
      1,
      { ok: false, items: [{ kind: 'unknown', ok: false }] },
    ]);
  });

  it('turns a QCTools report into a table, by a profile of its own, and never over a file', async () => {
    const frame = '<frame media_type="video" stream_index="0" pkt_pts_time="0" pkt_duration_time="0.04">';
    const tag = '<tag key="lavfi.signalstats.YAVG" value="126.5"/></frame>';
    const report = file('a.qctools.xml', `<ffprobe><frames>${frame}${tag}${frame}${tag}</frames></ffprobe>`);
    const to = join(folder, 'a.csv');
    const args = ['qc', 'report', report, '--format', 'csv', '--to', to, '--json', '--profile'];
    const dataDir = join(folder, 'reports');
    expect((await helical(dataDir, ...args, 'nope')).exitCode).toBe(2);
    const ended = await helical(dataDir, ...args, 'analogue-sd');
    expect([ended.exitCode, ended.json()]).toEqual([0, { path: to, bytes: readFileSync(to).length }]);
    expect(readFileSync(to, 'utf8')).toBe(
      'frame,time,yAvg\r\n0,00:00:00.000,126.5\r\n1,00:00:00.040,126.5\r\n',
    );
    expect((await helical(dataDir, ...args, 'analogue-sd')).exitCode).toBe(2);
  });

  it('examines the machine', async () => {
    const ended = await helical(join(folder, 'doctor'), 'doctor', '--json');
    const { ok, checks } = ended.json();
    expect(ended.exitCode).toBe(ok ? 0 : 3);
    for (const check of checks) {
      expect(Object.keys(check).sort()).toEqual(['found', 'help', 'id', 'need', 'ok', 'optional']);
      expect(check.help).toMatch(/\.$/);
    }
    expect(checks.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining(['ffmpeg', 'ffmpeg-encoders', 'sqlite', 'disk-space', 'disk-speed', 'browser']),
    );
    // Distributions cannot have it: a machine says where to get it, or has it.
    const card = checks.find(({ id }: { id: string }) => id === 'source-decklink');
    expect(card.ok ? card.found : card.help).toMatch(/supported|--enable-decklink.*HELICAL_FFMPEG/s);
  });
});

describe('tapes', () => {
  it('are imported all or none', async () => {
    const dataDir = join(folder, 'import');
    const bad = file('bad.csv', 'identifier,format\nA-1,umatic\nA-2,wax\nA-1,vhs\n');
    const good = file('good.csv', '\uFEFFFORMAT;Identifier;Title\nU-matic;A-1;Één\nVHS;A-2;Two\n');

    const refused = await helical(dataDir, 'tapes', 'import', bad, '--json');
    expect([refused.exitCode, refused.json()]).toEqual([
      2,
      {
        rows: 3,
        created: 0,
        problems: [
          { row: 3, column: 'format', message: expect.any(String) },
          { row: 4, column: 'identifier', message: expect.any(String) },
        ],
      },
    ]);
    const dry = await helical(dataDir, 'tapes', 'import', good, '--dry-run', '--json');
    expect([dry.exitCode, dry.json()]).toEqual([0, { rows: 2, created: 0, problems: [] }]);
    const imported = await helical(dataDir, '--json', 'tapes', 'import', good);
    expect(imported.json()).toEqual({ rows: 2, created: 2, problems: [] });
    const again = await helical(dataDir, 'tapes', 'import', good, '--json');
    expect([again.exitCode, again.json().problems.length]).toEqual([2, 2]);

    const listed = await helical(dataDir, 'tapes', 'list', '--json', '--filter', 'een');
    expect(listed.json()).toMatchObject([{ identifier: 'A-1', format: 'umatic', state: 'registered' }]);
    const shown = await helical(dataDir, 'tapes', 'show', 'a-2', '--json');
    expect(shown.json()).toMatchObject({
      tape: { identifier: 'A-2', format: 'standardvhs' },
      timeline: [{ type: 'tape.registered' }],
    });
    const log = await helical(dataDir, 'log', 'verify', '--json');
    expect([log.exitCode, log.json()]).toMatchObject([0, { ok: true, events: 5 }]);
    const rebuilt = await helical(dataDir, 'log', 'rebuild', '--json');
    expect([rebuilt.exitCode, rebuilt.json()]).toMatchObject([0, { identical: true, events: 5 }]);
  });

  it('are the same on a running engine as on one of our own', async () => {
    const dataDir = join(folder, 'attach');
    await helical(dataDir, 'tapes', 'register', 'OWN-1', '--format', 'hi8');
    const logger = openLogger(dataDir);
    const place = { dataDir, port: 0, listen: '127.0.0.1', tlsCert: undefined, tlsKey: undefined };
    const serving = await serve({ ...place, role: 'reviewer', logger });
    const attached = await helicalProgram(dataDir, 'tapes', 'register', 'ATT-1', '--format', 'hi8', '--json');
    const refused = await helicalProgram(dataDir, 'tapes', 'register', 'own-1', '--format', 'hi8');
    const duringServe = await helicalProgram(dataDir, 'tapes', 'list', '--json');
    await serving.close();
    const afterwards = await helical(dataDir, 'tapes', 'list', '--json');
    expect([attached.exitCode, refused.exitCode]).toEqual([0, 2]);
    expect(refused.stderr).toContain('registered already');
    expect(duringServe.json()).toEqual(afterwards.json());
    expect(afterwards.json()).toHaveLength(2);
  });

  it('can be registered by many commands at once', async () => {
    const dataDir = join(folder, 'crowd');
    const names = ['C-1', 'C-2', 'C-3', 'C-4'];
    const ended = await Promise.all(
      names.map((name) => helicalProgram(dataDir, 'tapes', 'register', name, '--format', 'hi8')),
    );
    expect(ended.map(({ exitCode }) => exitCode)).toEqual(names.map(() => 0));
    const said = ended.map(({ stderr }) => stderr.replace(`A new data folder is begun: ${dataDir}\n`, ''));
    expect(said).toEqual(names.map(() => ''));
    const listed = await helical(dataDir, 'tapes', 'list', '--json');
    expect(listed.json().map(({ identifier }: { identifier: string }) => identifier)).toEqual(names);
  });
});
