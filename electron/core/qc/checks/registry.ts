import type { Check } from '../check.ts';
import { audioClipping } from './audio-clipping.ts';
import { black } from './black.ts';
import { broadcastRange } from './broadcast-range.ts';
import { chromaLoss } from './chroma-loss.ts';
import { clampedLevels } from './clamped-levels.ts';
import { colorBars } from './color-bars.ts';
import { droppedFrame } from './dropped-frame.ts';
import { duplicateFrame } from './duplicate-frame.ts';
import { eightInTen } from './eight-in-ten.ts';
import { fieldOrder } from './field-order.ts';
import { freeze } from './freeze.ts';
import { headClog } from './head-clog.ts';
import { headSwitching } from './head-switching.ts';
import { lumaOver } from './luma-over.ts';
import { lumaUnder } from './luma-under.ts';
import { oversaturation } from './oversaturation.ts';
import { signalLoss } from './signal-loss.ts';
import { silence } from './silence.ts';
import { skewError } from './skew-error.ts';
import { syncLoss } from './sync-loss.ts';
import { trackingError } from './tracking-error.ts';
import { videoDropout } from './video-dropout.ts';

/** Every check, in the order in which screens list them. */
export const checks = [
  signalLoss,
  syncLoss,
  headClog,
  trackingError,
  videoDropout,
  skewError,
  headSwitching,
  black,
  freeze,
  duplicateFrame,
  droppedFrame,
  fieldOrder,
  chromaLoss,
  oversaturation,
  lumaOver,
  lumaUnder,
  broadcastRange,
  clampedLevels,
  eightInTen,
  colorBars,
  silence,
  audioClipping,
] as const satisfies readonly Check<never>[];
