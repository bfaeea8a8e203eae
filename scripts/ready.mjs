#!/usr/bin/env node
// Brings what is missing on this machine, then runs a command with the pinned Node first on the PATH:
//   node scripts/ready.mjs [--for test|demo|start] -- COMMAND ARGS…
// Runs before anything is installed: no imports but node:* and its neighbour. Says each thing before doing it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  arePackagesStale,
  findChromium,
  hasFfmpeg,
  hasFonts,
  holdsFile,
  install,
  Lacking,
  onPath,
  pinnedNode,
  thisMachine,
} from './machine.mjs';

/** @typedef {import('./machine.mjs').Machine} Machine */
/** @typedef {'ffmpeg' | 'chromium' | 'fonts'} Need */

/** What each package manager calls a thing. An empty list: it comes with the system. */
const managers =
  /** @satisfies {Record<string, { install: string[], names: Record<Need, string[]>, asRoot: boolean }>} */ ({
    'apt-get': {
      install: ['apt-get', 'install', '-y', '--no-install-recommends'],
      names: { ffmpeg: ['ffmpeg'], chromium: ['chromium'], fonts: ['fonts-dejavu-core'] },
      asRoot: true,
    },
    dnf: {
      install: ['dnf', 'install', '-y'],
      names: { ffmpeg: ['ffmpeg-free'], chromium: ['chromium'], fonts: ['dejavu-sans-fonts'] },
      asRoot: true,
    },
    zypper: {
      install: ['zypper', '--non-interactive', 'install'],
      names: { ffmpeg: ['ffmpeg'], chromium: ['chromium'], fonts: ['dejavu-fonts'] },
      asRoot: true,
    },
    pacman: {
      install: ['pacman', '-S', '--noconfirm', '--needed'],
      names: { ffmpeg: ['ffmpeg'], chromium: ['chromium'], fonts: ['ttf-dejavu'] },
      asRoot: true,
    },
    brew: {
      install: ['brew', 'install'],
      names: { ffmpeg: ['ffmpeg'], chromium: ['google-chrome'], fonts: [] },
      asRoot: false,
    },
    winget: {
      install: [
        'winget',
        'install',
        '--accept-package-agreements',
        '--accept-source-agreements',
        '-e',
        '--id',
      ],
      names: { ffmpeg: ['Gyan.FFmpeg'], chromium: ['Google.Chrome'], fonts: [] },
      asRoot: false,
    },
  });

/**
 * Brings what the purpose needs.
 * @param {Machine} machine
 * @param {'test' | 'demo' | 'start' | undefined} purpose
 * @returns {Promise<NodeJS.ProcessEnv>} the environment for the command
 * @throws Lacking
 */
export async function ready(machine, purpose) {
  requireNode(process.versions.node);
  await bringPackages(machine);
  const node = await bringPinnedNode(machine);
  const environment = { ...machine.environment };
  const pathKey = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  environment[pathKey] = [
    dirname(node),
    join(machine.root, 'node_modules', '.bin'),
    environment[pathKey] ?? '',
  ]
    .filter(Boolean)
    .join(delimiter);
  if (purpose === undefined) return environment;
  let lacking = lackingFor(machine, purpose);
  if (lacking.includes('ffmpeg')) {
    await bringPackagedFfmpeg(machine);
    lacking = lackingFor(machine, purpose);
  }
  if (lacking.length > 0) {
    await bringPrograms(machine, lacking);
    const still = lackingFor(machine, purpose);
    if (still.length > 0)
      throw new Lacking(`${nameAll(still)} cannot be found or used although installed just now.`);
  }
  const chromium = purpose === 'test' ? findChromium(machine) : undefined;
  if (chromium) environment.HELICAL_CHROMIUM = chromium;
  return environment;
}

/** @param {string} version @throws Lacking when it is older than 20.19 */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Lacking(
    `Node 20.19 or newer is needed to begin, this is ${version}; install a newer one from nodejs.org.`,
  );
}

/** @param {Machine} machine @param {string} purpose @returns {Need[]} */
function lackingFor(machine, purpose) {
  /** @type {Need[]} */
  const lacking = hasFfmpeg(machine) ? [] : ['ffmpeg'];
  if (purpose === 'test' && findChromium(machine) === undefined) lacking.push('chromium');
  if (purpose === 'test' && !hasFonts(machine)) lacking.push('fonts');
  return lacking;
}

/** @param {Machine} machine */
async function bringPackages(machine) {
  if (!arePackagesStale(machine.root)) return;
  machine.say('installing the packages of package-lock.json into node_modules (npm ci; a minute or two)');
  // No install scripts: npm would compile better-sqlite3, which ships its binaries, and a bare machine has no compiler. The
  // one that is needed, the pinned Node's, is run by name afterwards.
  const end = await install(machine, ['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts']);
  if (!end.ok) throw new Lacking(`npm ci failed, so the packages are not installed. It said:\n${end.tail}`);
}

/** @param {Machine} machine @returns {Promise<string>} */
async function bringPinnedNode(machine) {
  const found = pinnedNode(machine);
  if (found) return found;
  machine.say('fetching the pinned Node 24 (npm rebuild node)');
  const end = await install(machine, ['npm', 'rebuild', 'node', '--ignore-scripts=false']);
  const mended = pinnedNode(machine);
  if (mended) return mended;
  throw new Lacking(
    `the pinned Node is missing from node_modules/node/bin; run "npm rebuild node --ignore-scripts=false" and see what it says.\n${end.tail}`.trim(),
  );
}

/**
 * ffmpeg and ffprobe as npm packages, where their download can be reached: needs nobody's rights. What comes of it is seen by
 * looking again; a machine that cannot download them goes on to the system's package manager.
 * @param {Machine} machine
 */
async function bringPackagedFfmpeg(machine) {
  const packages = ['ffmpeg-static', `@ffprobe-installer/${machine.platform}-${process.arch}`];
  if (!packages.every((name) => existsSync(join(machine.root, 'node_modules', name)))) return;
  machine.say('fetching ffmpeg as an npm package (npm rebuild ffmpeg-static)');
  await install(machine, ['npm', 'rebuild', ...packages, '--ignore-scripts=false']);
}

/** @param {Machine} machine @param {Need[]} lacking */
async function bringPrograms(machine, lacking) {
  const name = /** @type {(keyof typeof managers)[]} */ (Object.keys(managers)).find((each) =>
    onPath(machine, each),
  );
  if (name === undefined) {
    throw new Lacking(
      `${nameAll(lacking)} must be installed by hand: no package manager was found (${Object.keys(managers).join(', ')}).`,
    );
  }
  const manager = managers[name];
  const packages = lacking.flatMap((need) => manager.names[need]);
  const command = [...manager.install, ...packages];
  const prefix = manager.asRoot && !machine.isRoot ? ['sudo', '-n'] : [];
  if (prefix.length > 0 && !(await install(machine, ['sudo', '-n', 'true'])).ok) {
    throw new Lacking(
      `${nameAll(lacking)} must be installed, which needs a password: run "sudo ${command.join(' ')}" and try again.`,
    );
  }
  // Asked for by Debian's packages: no questions, since nobody is there to answer.
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  const withRights = (/** @type {string[]} */ argv) =>
    install(
      machine,
      prefix.length > 0 ? [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', ...argv] : argv,
      environment,
    );
  let hasFreshLists = name !== 'apt-get';
  if (name === 'apt-get' && !holdsFile(machine.aptLists, /_Packages(\.\w+)?$/)) {
    machine.say("reading the system's package lists (apt-get update)");
    await withRights(['apt-get', 'update']);
    hasFreshLists = true;
  }
  machine.say(
    `installing ${nameAll(lacking)} with the system's package manager (${[...prefix, ...command].join(' ')})`,
  );
  let end = await withRights(command);
  if (!end.ok && !hasFreshLists) {
    machine.say(
      'that failed; reading the package lists again, which may be out of date (apt-get update), and trying once more',
    );
    await withRights(['apt-get', 'update']);
    end = await withRights(command);
  }
  if (!end.ok)
    throw new Lacking(
      `${nameAll(lacking)} could not be installed with "${command.join(' ')}". It said:\n${end.tail}`,
    );
}

/** @param {Need[]} needs */
function nameAll(needs) {
  const names = { ffmpeg: 'ffmpeg with ffprobe 5.1 or newer', chromium: 'Chromium', fonts: 'a font' };
  return needs.map((need) => names[need]).join(' and ');
}

/**
 * @param {readonly string[]} argv
 * @returns {{ purpose: 'test' | 'demo' | 'start' | undefined, command: readonly string[] } | undefined} undefined: wrong usage
 */
export function parseArguments(argv) {
  const cut = argv.indexOf('--');
  const options = cut === -1 ? argv : argv.slice(0, cut);
  const command = cut === -1 ? [] : argv.slice(cut + 1);
  const [flag, purpose, ...others] = options;
  if (flag === undefined) return { purpose: undefined, command };
  if (flag !== '--for' || others.length > 0) return undefined;
  return purpose === 'test' || purpose === 'demo' || purpose === 'start' ? { purpose, command } : undefined;
}

/** @param {readonly string[]} argv @param {NodeJS.ProcessEnv} environment @returns {Promise<number>} exit code */
function runCommand(argv, environment) {
  const [command = '', ...args] = argv;
  return new Promise((done, refuse) => {
    /** @type {import('node:child_process').ChildProcess | undefined} */
    let child;
    // A terminal sends Ctrl-C to the whole group, so the child has it already.
    // Listening begins before the start: a signal in between must not leave the child behind.
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child?.kill(signal);
      });
    }
    child = spawn(command, args, { stdio: 'inherit', env: environment });
    child.on('error', (error) => refuse(new Lacking(`${command} cannot be started: ${error.message}.`)));
    child.on('exit', (exitCode, signal) => done(exitCode ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

async function main() {
  const asked = parseArguments(process.argv.slice(2));
  if (asked === undefined) {
    process.stderr.write('usage: node scripts/ready.mjs [--for test|demo|start] -- COMMAND ARGS…\n');
    return 2;
  }
  try {
    const environment = await ready(
      thisMachine(join(dirname(fileURLToPath(import.meta.url)), '..')),
      asked.purpose,
    );
    return asked.command.length === 0 ? 0 : await runCommand(asked.command, environment);
  } catch (error) {
    if (!(error instanceof Lacking)) throw error;
    process.stderr.write(`helical: ${error.message}\n`);
    return 3;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main();
