// What is on this machine: looked at without any package, on any Node from 20.19 on.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';

/**
 * @typedef {object} Machine  The facts that the looking depends on, so that tests can state other ones.
 * @property {string} root  The folder of the checkout.
 * @property {NodeJS.ProcessEnv} environment
 * @property {NodeJS.Platform} platform
 * @property {boolean} isRoot
 * @property {readonly string[]} systemFolders  Looked into for ffmpeg after the PATH.
 * @property {readonly string[]} chromiumPlaces  Looked at after the PATH.
 * @property {string} aptLists  The folder of apt's package lists.
 * @property {readonly string[]} fontFolders
 * @property {(line: string) => void} say
 */

/** What is missing and cannot be brought: one sentence for the user. */
export class Lacking extends Error {}

/** @param {string} root @returns {Machine} */
export function thisMachine(root) {
  const isMac = process.platform === 'darwin';
  return {
    root,
    environment: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    systemFolders: isMac
      ? ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin']
      : process.platform === 'win32'
        ? ['C:\\ffmpeg\\bin', 'C:\\Program Files\\ffmpeg\\bin']
        : ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/ffmpeg/bin'],
    chromiumPlaces: isMac
      ? [
          '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
          '/Applications/Chromium.app/Contents/MacOS/Chromium',
        ]
      : process.platform === 'win32'
        ? ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe']
        : ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
    aptLists: '/var/lib/apt/lists',
    fontFolders: isMac || process.platform === 'win32' ? [] : ['/usr/share/fonts', '/usr/local/share/fonts'],
    say: (line) => process.stderr.write(`helical: ${line}\n`),
  };
}

/** @param {Machine} machine @param {string} name @returns {string | undefined} */
export function onPath(machine, name) {
  const file = machine.platform === 'win32' && !name.includes('.') ? `${name}.exe` : name;
  return searchPath(machine)
    .map((folder) => join(folder, file))
    .find(isExecutable);
}

/** @param {Machine} machine @returns {string[]} */
function searchPath(machine) {
  return (machine.environment.PATH ?? machine.environment.Path ?? '').split(delimiter).filter(Boolean);
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not ours to run: both mean "look further"
  }
}

/**
 * True when what npm installed is not what package-lock.json asks for. npm keeps the list of what it installed in
 * node_modules/.package-lock.json; optional packages may be absent (they could not be built or downloaded here).
 * @param {string} root
 */
export function arePackagesStale(root) {
  const installedList = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedList)) return true;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedList, 'utf8')).packages;
  return Object.entries(wanted).some(([place, entry]) => {
    if (place === '') return false;
    const found = installed[place];
    if (found && found.version !== entry.version) return true;
    const isOptional = entry.optional || entry.devOptional;
    return !isOptional && !(found && existsSync(join(root, place)));
  });
}

/** The pinned Node, when it is there and runs. @param {Machine} machine @returns {string | undefined} */
export function pinnedNode(machine) {
  const name = machine.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(machine.root, 'node_modules', 'node', 'bin', name);
  return isExecutable(path) && ask(path, ['--version']) !== undefined ? path : undefined;
}

/** @param {string} path @param {readonly string[]} args @returns {string | undefined} what it prints, when it ends well */
function ask(path, args) {
  const end = spawnSync(path, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  return end.status === 0 ? end.stdout : undefined;
}

/**
 * Release 5.1 or newer; builds from git are known by libavcodec. The same rule as electron/core/ffmpeg/version.ts,
 * which cannot be used here: this runs before there is a Node that reads TypeScript.
 * @param {string} output  of `-version`
 */
export function isRecentFfmpeg(output) {
  const text = /^ff(?:mpeg|probe) version (\S+)/m.exec(output)?.[1];
  if (!text) return false;
  const release = /^n?(\d{1,2})\.(\d+)/.exec(text);
  const found = release ?? /^libavcodec\s+(\d+)\.\s*(\d+)\./m.exec(output);
  if (!found) return false;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  const [neededMajor, neededMinor] = release ? [5, 1] : [59, 37];
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

/**
 * True when a pair of ffmpeg and ffprobe that serves is at hand: HELICAL_FFMPEG, the PATH, the npm packages, the system's places.
 * (The station's own setting comes first in the engine; it is not known before the engine runs.)
 * @param {Machine} machine
 * @throws Lacking when HELICAL_FFMPEG names one that does not serve: it is not passed over.
 */
export function hasFfmpeg(machine) {
  const chosen = machine.environment.HELICAL_FFMPEG;
  if (chosen) {
    const place = resolve(chosen);
    const isFolder = existsSync(place) && statSync(place).isDirectory();
    if (isFolder ? servesIn(machine, place) : serves(place) && servesIn(machine, dirname(place), 'ffprobe'))
      return true;
    throw new Lacking(
      `HELICAL_FFMPEG is ${chosen}, but there is no ffmpeg with ffprobe 5.1 or newer there; correct it or unset it.`,
    );
  }
  return (
    searchPath(machine).some((folder) => servesIn(machine, folder)) ||
    servesPackaged(machine) ||
    machine.systemFolders.some((folder) => servesIn(machine, folder))
  );
}

/** @param {Machine} machine @param {string} folder @param {string[]} tools */
function servesIn(machine, folder, ...tools) {
  const ending = machine.platform === 'win32' ? '.exe' : '';
  return (tools.length ? tools : ['ffmpeg', 'ffprobe']).every((tool) => serves(join(folder, tool + ending)));
}

/** @param {string} path */
function serves(path) {
  return isExecutable(path) && isRecentFfmpeg(ask(path, ['-version']) ?? '');
}

/** @param {Machine} machine */
function servesPackaged(machine) {
  const require = createRequire(join(machine.root, 'package.json'));
  try {
    return serves(require('ffmpeg-static')) && serves(require('@ffprobe-installer/ffprobe').path);
  } catch {
    return false; // optional packages: absent where they could not be downloaded
  }
}

/** @param {Machine} machine @returns {string | undefined} @throws Lacking when HELICAL_CHROMIUM names none. */
export function findChromium(machine) {
  const chosen = machine.environment.HELICAL_CHROMIUM;
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new Lacking(`HELICAL_CHROMIUM is ${chosen}, but no program is there; correct it or unset it.`);
  }
  const named = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  return (
    named.map((name) => onPath(machine, name)).find(Boolean) ?? machine.chromiumPlaces.find(isExecutable)
  );
}

/** True when there is any font for a browser to write with. @param {Machine} machine */
export function hasFonts(machine) {
  return (
    machine.fontFolders.length === 0 ||
    machine.fontFolders.some((folder) => holdsFile(folder, /\.(ttf|otf|ttc|pfb)$/i))
  );
}

/** @param {string} folder @param {RegExp} pattern */
export function holdsFile(folder, pattern) {
  return (
    existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => pattern.test(String(name)))
  );
}

/**
 * Runs a command that installs something. Its output is shown only when it fails.
 * @param {Machine} machine @param {readonly string[]} argv @param {NodeJS.ProcessEnv} [more]
 * @returns {Promise<{ ok: boolean, tail: string }>}
 */
export function install(machine, argv, more = {}) {
  const [command = '', ...args] = argv;
  return new Promise((done) => {
    // npm is a .cmd on Windows, which only a shell starts; the arguments are all our own constants.
    const shell = machine.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, {
      cwd: machine.root,
      env: { ...machine.environment, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell,
    });
    let tail = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      tail = (tail + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => done({ ok: false, tail: error.message }));
    child.on('close', (exitCode) => done({ ok: exitCode === 0, tail }));
  });
}
