import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Driver from 'better-sqlite3';
import { HelicalError } from '#shared/domain/errors.ts';
import type { Doctor, DoctorCheck } from './api/engine.ts';
import { findBrowser } from './browser.ts';
import { discoverSources, findLacks } from './devices/registry.ts';
import { measureWriteSpeed } from './disk-speed.ts';
import { readCapabilities } from './ffmpeg/capabilities.ts';
import { type Ffmpeg, locateFfmpeg } from './ffmpeg/locate.ts';
import { locateMediaconch } from './ffmpeg/mediaconch.ts';

export interface DoctorOptions {
  dataDir: string;
  resourcesDir: string;
  ffmpegSetting: string | undefined;
}

type Finding = Omit<DoctorCheck, 'id'>;

/** Looks at everything the main job stands on. Needs no engine, so that it can say why one does not start. */
export async function runDoctor(options: DoctorOptions): Promise<Doctor> {
  const ffmpeg = await locateFfmpeg({ setting: options.ffmpegSetting }).catch((error: unknown) => {
    if (error instanceof HelicalError) return error;
    throw error;
  });
  const tools = ffmpeg instanceof HelicalError ? undefined : ffmpeg;
  const findings: [string, Finding | Promise<Finding>][] = [
    ['node', checkNode()],
    ['ffmpeg', checkFfmpeg(ffmpeg)],
    ['ffmpeg-encoders', checkLists(tools, 'encoders', ['ffv1', 'libx264', 'aac', 'pcm_s24le'])],
    [
      'ffmpeg-filters',
      checkLists(tools, 'filters', ['signalstats', 'blackdetect', 'astats', 'ebur128', 'bwdif']),
    ],
    ['sources', checkSources(tools, options.resourcesDir)],
    ['sqlite', checkSqlite()],
    ['disk-space', checkSpace(options.dataDir)],
    ['disk-speed', checkSpeed(options.dataDir)],
    ['clock', checkClock()],
    ['browser', checkBrowser()],
    ['electron', checkElectron()],
    ['mediaconch', checkMediaconch()],
  ];
  const single = await Promise.all(findings.map(async ([id, finding]) => ({ id, ...(await finding) })));
  const checks = [...single, ...(await checkSourceKinds(tools, options.resourcesDir))];
  return { ok: checks.every(({ ok, optional }) => ok || optional), checks };
}

function finding(ok: boolean, found: string, need: string, help: string, optional = false): Finding {
  return { ok, optional, found, need, help };
}

function checkNode(): Finding {
  const [major = 0] = process.versions.node.split('.').map(Number);
  return finding(major >= 24, process.versions.node, 'Node.js 24', 'It runs Helical. `npm ci` installs it.');
}

function checkFfmpeg(ffmpeg: Ffmpeg | HelicalError): Finding {
  const need = 'ffmpeg and ffprobe 5.1 or newer';
  if (ffmpeg instanceof HelicalError) {
    return finding(false, ffmpeg.problem, need, ffmpeg.remedy ?? 'Install ffmpeg.');
  }
  const found = `${ffmpeg.version}, ${ffmpeg.ffmpegPath}`;
  return finding(true, found, need, 'It records, proves, measures and makes access copies.');
}

async function checkLists(
  ffmpeg: Ffmpeg | undefined,
  list: 'encoders' | 'filters',
  needed: readonly string[],
): Promise<Finding> {
  const help = `Install an ffmpeg that has them; builds of Linux distributions and of ffmpeg.org's links do.`;
  if (!ffmpeg) return finding(false, 'no ffmpeg', needed.join(', '), help);
  const known = (await readCapabilities(ffmpeg.ffmpegPath))[list];
  const missing = needed.filter((name) => !known.has(name));
  const found = missing.length === 0 ? 'all of them' : `missing: ${missing.join(', ')}`;
  return finding(missing.length === 0, found, needed.join(', '), help);
}

async function checkSources(ffmpeg: Ffmpeg | undefined, resourcesDir: string): Promise<Finding> {
  const need = 'something to record from';
  if (!ffmpeg) return finding(false, 'no ffmpeg', need, 'ffmpeg reads the sources.');
  const found = await discoverSources({ ffmpegPath: ffmpeg.ffmpegPath, resourcesDir });
  const usable = found.filter(({ unavailable }) => unavailable === undefined);
  const help = 'Connect a card and install its driver, or use the simulator or a file.';
  return finding(usable.length > 0, usable.map(({ name }) => name).join('; ') || 'none', need, help);
}

/** A second opinion on masters, asked for wherever it is installed. */
async function checkMediaconch(): Promise<Finding> {
  const found = await locateMediaconch().catch((error: unknown) => {
    if (error instanceof HelicalError) return error;
    throw error;
  });
  const need = "MediaConch, for a second opinion on a master's file";
  const help =
    'Helical has rules of its own; install mediaconch, or name it in HELICAL_MEDIACONCH, to have both.';
  if (found instanceof HelicalError) return finding(false, found.problem, need, help, true);
  return finding(found !== undefined, found ?? 'not installed', need, help, true);
}

/** A check per kind of capture device: whether this machine has what it needs, and where to get it where not. */
async function checkSourceKinds(ffmpeg: Ffmpeg | undefined, resourcesDir: string): Promise<DoctorCheck[]> {
  if (!ffmpeg) return [];
  const kinds = await findLacks({ ffmpegPath: ffmpeg.ffmpegPath, resourcesDir });
  return kinds.map(({ device: { kind, name }, lack }) => ({
    id: `source-${kind}`,
    ...finding(
      !lack,
      lack?.problem ?? 'supported',
      `${name} as a source`,
      lack?.remedy ?? 'Connect it.',
      true,
    ),
  }));
}

/** The database's promise, tried: a write with the log's own settings, read back. */
function checkSqlite(): Finding {
  const need = 'SQLite 3.38 or newer with STRICT tables, answering a round trip';
  const help = 'It comes with the package better-sqlite3: run `npm ci` again on this Node.js.';
  const db = new Driver(':memory:');
  try {
    db.pragma('synchronous = FULL');
    const synchronous = db.pragma('synchronous', { simple: true });
    db.exec(`CREATE TABLE trial (text TEXT NOT NULL) STRICT; INSERT INTO trial VALUES ('héliçal')`);
    const row = db.prepare('SELECT text, sqlite_version() AS version FROM trial').get() as {
      text: string;
      version: string;
    };
    return finding(row.text === 'héliçal' && synchronous === 2, row.version, need, help);
  } finally {
    db.close();
  }
}

const gigabyte = 1e9;

async function checkSpace(dataDir: string): Promise<Finding> {
  await mkdir(dataDir, { recursive: true });
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  return finding(
    free >= 5 * gigabyte,
    `${(free / gigabyte).toFixed(1)} GB free in ${dataDir}`,
    '5 GB; an hour of SD tape takes 30 to 45 GB',
    'Make room, or keep the data folder on a larger disk.',
  );
}

/** An SD master grows by about 12 MB a second; four times that leaves room for the rest. */
async function checkSpeed(dataDir: string): Promise<Finding> {
  const speed = (await measureWriteSpeed(dataDir)) / 1e6;
  return finding(
    speed >= 48,
    `${speed.toFixed(0)} MB/s with sync`,
    '48 MB/s',
    'Keep the data folder on a faster disk: a local one, not a network share.',
  );
}

/** The wall clock stamps the log; the steady clock paces. They must go equally fast, and the year must be possible. */
async function checkClock(): Promise<Finding> {
  const wallMs = Date.now();
  const steadyMs = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const apartMs = Math.abs(Date.now() - wallMs - (performance.now() - steadyMs));
  const isPossible = wallMs > Date.UTC(2026, 0, 1);
  return finding(
    isPossible && apartMs < 50,
    `${new Date(wallMs).toISOString()}, ${apartMs.toFixed(0)} ms apart from the steady clock`,
    'a clock that is set and does not jump',
    'Set the clock and turn on time synchronisation (timedatectl set-ntp true).',
  );
}

async function checkBrowser(): Promise<Finding> {
  const path = findBrowser();
  const need = 'Chromium or Chrome, for the workstation where Electron is not there';
  const help = 'Install it with your package manager, for example: sudo apt-get install chromium.';
  if (path === undefined) return finding(false, 'none', need, help, true);
  const version = await promisify(execFile)(path, ['--version'], { timeout: 10_000 }).then(
    ({ stdout }) => stdout.trim(),
    (error: Error) => `does not start: ${error.message}`,
  );
  return finding(!version.startsWith('does not'), `${version}, ${path}`, need, help, true);
}

function checkElectron(): Finding {
  const path = electronBinary();
  const help = 'Without it `npm start` opens the workstation in Chromium. `npx install-electron` fetches it.';
  return finding(
    path !== undefined,
    path ?? 'not downloaded',
    'the Electron program, for native windows',
    help,
    true,
  );
}

/** Electron's program, where its package could download it. */
export function electronBinary(): string | undefined {
  const require = createRequire(import.meta.url);
  let packagePath: string;
  try {
    packagePath = require.resolve('electron/package.json');
  } catch {
    // Not installed at all, as in a packaged command line.
    return undefined;
  }
  const folder = join(packagePath, '..', 'dist');
  const names: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  };
  const path = join(folder, names[process.platform] ?? 'electron');
  return existsSync(path) ? path : undefined;
}
