import { join } from 'node:path';
import type { Logger } from 'pino';

/** How an engine is to run; each host parses its own arguments into this once. */
export interface CoreConfig {
  /** Absolute path of the data folder; made where absent. */
  dataDir: string;
  /** Absolute path of resources/: profiles, recipes, vocabularies. */
  resourcesDir: string;
  /** Helical's own version, as the log and packages state it. */
  version: string;
  /** Which host runs it, for the lock and the log. */
  host: 'cli' | 'serve' | 'app';
  /** ffmpeg, or its folder, from the station's settings; undefined: look for it. */
  ffmpegSetting: string | undefined;
  /** Program and arguments that start the simulator's player; left out: this Node on its entry file (see devices/device.ts). */
  playerCommand?: readonly [string, ...string[]];
  /** Absolute paths of further folders for signed checkpoints, on other disks; the data folder always has them. */
  checkpointFolders?: readonly string[];
  logger: Logger;
  now?: () => Date;
}

/** Where things lie in a data folder. */
export function dataFolder(dataDir: string) {
  return {
    databasePath: join(dataDir, 'helical.db'),
    stationPath: join(dataDir, 'station.json'),
    lockPath: join(dataDir, 'engine.lock'),
    servicePath: join(dataDir, 'service.json'),
    logPath: join(dataDir, 'logs', 'engine.jsonl'),
    /** Masters, their hashes and seals. */
    mastersDir: join(dataDir, 'masters'),
    /** What can be made again from masters: access copies, samples, thumbnails. */
    derivedDir: join(dataDir, 'derived'),
    /** What may be deleted at any time. */
    cacheDir: join(dataDir, 'cache'),
    deliveriesDir: join(dataDir, 'deliveries'),
  };
}
export type DataFolder = ReturnType<typeof dataFolder>;
