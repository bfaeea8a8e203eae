import type { PassFile } from '#shared/domain/pass.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';
import type { CoreConfig, DataFolder } from './config.ts';
import type { Profiles } from './profiles.ts';
import type { Publisher } from './publisher.ts';
import type { IntentionRegister } from './stores/intention-register.ts';
import type { HelicalLog } from './stores/record.ts';
import type { ReviewDesk } from './stores/review-desk.ts';
import type { Stores } from './stores/stores.ts';

/** What the rooms that work with ffmpeg are built on. */
export interface RoomsOptions {
  config: CoreConfig;
  folder: DataFolder;
  log: HelicalLog;
  stores: Stores;
  intentionRegister: IntentionRegister;
  profiles: Profiles;
  reviewDesk: ReviewDesk;
  vocabulary: Vocabulary;
  publisher: Publisher;
  newId: () => string;
  now: () => Date;
}

/** The same, and where files lie. */
export interface RoomOptions extends RoomsOptions {
  /** Absolute path of a registered file on this computer. */
  pathOf: (file: PassFile) => string;
  software: { name: string; version: string }[];
}
