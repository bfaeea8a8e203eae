import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { HelicalError } from '#shared/domain/errors.ts';
import { runTool } from './run.ts';
import { isRecentEnough, oldestFfmpeg, parseVersion, type ToolVersion } from './version.ts';

/** Where the ffmpeg in use was found, in the order of looking. */
export type FfmpegOrigin = 'setting' | 'environment' | 'path' | 'package' | 'system';

/** A pair of tools that was run and found recent enough. */
export interface Ffmpeg {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  /** ffmpeg's own version text, such as `5.1.9-0+deb12u1`. */
  readonly version: string;
  readonly origin: FfmpegOrigin;
  /** What ffmpeg was built with, for the provenance of what it makes. */
  readonly configuration: string;
}

export interface LocateOptions {
  /** The path of ffmpeg, or of the folder that holds ffmpeg and ffprobe, from the station's settings. */
  readonly setting?: string | undefined;
  /** Read for `HELICAL_FFMPEG` and `PATH`. Default: this process's environment. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** Folders looked into last. Default: where installers of this system put ffmpeg. */
  readonly systemFolders?: readonly string[] | undefined;
  /** The pair that came with the npm packages. Default: resolved from node_modules; null says there is none. */
  readonly packaged?: Candidate | null | undefined;
}

interface Candidate {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
}

const executableEnding = process.platform === 'win32' ? '.exe' : '';

/**
 * Finds ffmpeg and ffprobe, 5.1 or newer: the setting, `HELICAL_FFMPEG`, the PATH, the npm packages, the system's usual places.
 * A place somebody chose (the setting, the variable) is not passed over when it does not serve: that would hide the mistake.
 * @throws HelicalError FFMPEG_MISSING, saying what was found in each place and what to do.
 */
export async function locateFfmpeg(options: LocateOptions = {}): Promise<Ffmpeg> {
  const environment = options.environment ?? process.env;
  const chosen = chosenPlace(options.setting, environment);
  if (chosen) {
    const found = await examine(await pairAt(chosen.place), chosen.origin);
    if (typeof found === 'string') throw missing([`${chosen.name}: ${found}`]);
    return found;
  }
  const refusals: string[] = [];
  for (const [origin, candidates] of places(environment, options)) {
    for (const candidate of candidates) {
      if (!(await isExecutable(candidate.ffmpegPath))) continue;
      const found = await examine(candidate, origin);
      if (typeof found !== 'string') return found;
      refusals.push(found);
    }
  }
  throw missing(refusals);
}

function chosenPlace(setting: string | undefined, environment: NodeJS.ProcessEnv) {
  if (setting) return { place: setting, origin: 'setting', name: 'the setting' } as const;
  const place = environment.HELICAL_FFMPEG;
  return place ? ({ place, origin: 'environment', name: 'HELICAL_FFMPEG' } as const) : undefined;
}

function places(environment: NodeJS.ProcessEnv, options: LocateOptions): [FfmpegOrigin, Candidate[]][] {
  const onPath = searchPath(environment);
  const packaged = options.packaged === undefined ? packagedPair() : options.packaged;
  return [
    ['path', onPath.map(pairIn)],
    ['package', packaged ? [packaged] : []],
    ['system', (options.systemFolders ?? systemFolders()).map(pairIn)],
  ];
}

function searchPath(environment: NodeJS.ProcessEnv): string[] {
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH');
  return (key === undefined ? '' : (environment[key] ?? ''))
    .split(delimiter)
    .filter((folder) => folder !== '');
}

/** What is wrong with the pair, in a clause; or the pair, examined. */
async function examine(pair: Candidate, origin: FfmpegOrigin): Promise<Ffmpeg | string> {
  const ffmpeg = await askVersion(pair.ffmpegPath);
  if (typeof ffmpeg === 'string') return ffmpeg;
  const ffprobe = await askVersion(pair.ffprobePath);
  if (typeof ffprobe === 'string') return ffprobe;
  return { ...pair, version: ffmpeg.text, origin, configuration: ffmpeg.configuration };
}

async function askVersion(path: string): Promise<ToolVersion | string> {
  const end = await runTool(path, ['-version']);
  if (end.reason === 'missing') return `${path} cannot be started (${end.lastError})`;
  if (end.reason !== 'finished')
    return `${path} does not run (${end.reason === 'failed' ? end.lastError : end.reason})`;
  const version = parseVersion(end.stdout.toString('utf8'));
  if (version === undefined) return `${path} is not ffmpeg or ffprobe`;
  return isRecentEnough(version) ? version : `${path} is version ${version.text}, older than ${oldestFfmpeg}`;
}

function missing(refusals: readonly string[]): HelicalError {
  const found = refusals.length === 0 ? 'None was found.' : `Found: ${refusals.join('; ')}.`;
  return new HelicalError('FFMPEG_MISSING', {
    problem: `Helical needs ffmpeg and ffprobe ${oldestFfmpeg} or newer. ${found}`,
    safe: 'Nothing was changed.',
    remedy: `${installAdvice()} Or set HELICAL_FFMPEG to the ffmpeg to use, or to the folder that holds it.`,
  });
}

function installAdvice(): string {
  if (process.platform === 'darwin') return 'Install it with: brew install ffmpeg.';
  if (process.platform === 'win32') return 'Install it with: winget install Gyan.FFmpeg.';
  return 'Install it with your package manager, for example: sudo apt-get install ffmpeg.';
}

/**
 * The pair for a path that names ffmpeg itself or a folder. ffprobe is looked for beside ffmpeg, under a name of the same make
 * first: Homebrew's ffmpegdecklink calls the two ffmpeg-dl and ffprobe-dl.
 */
async function pairAt(place: string): Promise<Candidate> {
  const path = resolve(place);
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return pairIn(path);
  const namesake = join(dirname(path), basename(path).replace('ffmpeg', 'ffprobe'));
  const isPair = namesake !== path && (await isExecutable(namesake));
  return {
    ffmpegPath: path,
    ffprobePath: isPair ? namesake : join(dirname(path), `ffprobe${executableEnding}`),
  };
}

function pairIn(folder: string): Candidate {
  return {
    ffmpegPath: join(folder, `ffmpeg${executableEnding}`),
    ffprobePath: join(folder, `ffprobe${executableEnding}`),
  };
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The optional packages: absent on machines that could not download them, which is not an error. */
function packagedPair(): Candidate | null {
  const require = createRequire(import.meta.url);
  try {
    const ffmpegPath: unknown = require('ffmpeg-static');
    const installer: unknown = require('@ffprobe-installer/ffprobe');
    const ffprobePath = (installer as { path?: unknown }).path;
    if (typeof ffmpegPath !== 'string' || typeof ffprobePath !== 'string') return null;
    return { ffmpegPath, ffprobePath };
  } catch {
    // Not installed, or installed without its binary for this system: both packages say so by throwing.
    return null;
  }
}

function systemFolders(): string[] {
  if (process.platform === 'win32') return ['C:\\ffmpeg\\bin', 'C:\\Program Files\\ffmpeg\\bin'];
  if (process.platform === 'darwin') return ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin'];
  return ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/ffmpeg/bin'];
}
