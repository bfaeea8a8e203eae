import { audioFaults } from './audio.ts';
import type { FaultKind } from './fault.ts';
import { levelFaults } from './levels.ts';
import { playbackFaults } from './playback.ts';
import { transferFaults } from './transfer.ts';

/** Every way in which every fault can come about. */
export const faultKinds: readonly FaultKind[] = [
  ...playbackFaults,
  ...transferFaults,
  ...levelFaults,
  ...audioFaults,
];
