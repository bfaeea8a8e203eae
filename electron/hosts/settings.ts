import { delimiter, dirname, resolve } from 'node:path';
import envPaths from 'env-paths';
import pino, { type Logger } from 'pino';
import { type CoreConfig, dataFolder } from '#core/config.ts';
import { openDataFolder } from '#core/data-folder.ts';
import { findInstallation } from './installation.ts';

/** The data folder: named, else HELICAL_DATA, else where this system keeps a user's data. Absolute. */
export function dataDirOf(named: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(named ?? (environment.HELICAL_DATA || envPaths('helical', { suffix: '' }).data));
}

/**
 * An engine's log: JSON lines in the data folder, so that standard output and error stay for people. Where it cannot be written, as on
 * a full disk, that is said once on standard error, and the engine goes on: what it is asked for does not hang on its own log.
 */
export function openLogger(dataDir: string, environment: NodeJS.ProcessEnv = process.env): Logger {
  const { logPath } = dataFolder(dataDir);
  openDataFolder(dirname(logPath));
  const destination = pino.destination({ dest: logPath, sync: true });
  // What is held back is written with the next line that fits.
  let isTold = false;
  destination.on('error', (error: Error) => {
    if (!isTold) process.stderr.write(`Helical's own log ${logPath} cannot be written: ${error.message}.\n`);
    isTold = true;
  });
  return pino({ level: environment.HELICAL_LOG_LEVEL ?? 'info' }, destination);
}

/** Folders on other disks that HELICAL_SECOND_DISK names for signed checkpoints, apart as in PATH. Absolute. */
export function checkpointFoldersOf(environment: NodeJS.ProcessEnv = process.env): string[] {
  const named = environment.HELICAL_SECOND_DISK ?? '';
  return named
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => resolve(folder));
}

/** A host's configuration of its engine, from where it runs and what its user said. */
export function engineConfig(options: {
  dataDir: string;
  host: CoreConfig['host'];
  logger: Logger;
}): CoreConfig {
  const { resourcesDir, version } = findInstallation();
  return {
    ...options,
    resourcesDir,
    version,
    ffmpegSetting: undefined,
    checkpointFolders: checkpointFoldersOf(),
  };
}
