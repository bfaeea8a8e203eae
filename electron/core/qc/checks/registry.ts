import type { Check } from '../check.ts';
import { audioClipping } from './audio-clipping.ts';
import { audioDropout } from './audio-dropout.ts';
import { avLength } from './av-length.ts';
import { black } from './black.ts';
import { broadcastRange } from './broadcast-range.ts';
import { channelImbalance } from './channel-imbalance.ts';
import { chromaLoss } from './chroma-loss.ts';
import { clampedLevels } from './clamped-levels.ts';
import { colorBars } from './color-bars.ts';
import { deadChannel } from './dead-channel.ts';
import { droppedFrame } from './dropped-frame.ts';
import { dualMono } from './dual-mono.ts';
import { duplicateFrame } from './duplicate-frame.ts';
import { eightInTen } from './eight-in-ten.ts';
import { fieldOrder } from './field-order.ts';
import { freeze } from './freeze.ts';
import { headClog } from './head-clog.ts';
import { headSwitching } from './head-switching.ts';
import { hum } from './hum.ts';
import { ltcOnAudio } from './ltc-on-audio.ts';
import { lumaOver } from './luma-over.ts';
import { lumaUnder } from './luma-under.ts';
import { oversaturation } from './oversaturation.ts';
import { phaseInversion } from './phase-inversion.ts';
import { referenceTone } from './reference-tone.ts';
import { signalLoss } from './signal-loss.ts';
import { silence } from './silence.ts';
import { skewError } from './skew-error.ts';
import { syncLoss } from './sync-loss.ts';
import { toneLeak } from './tone-leak.ts';
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
  referenceTone,
  ltcOnAudio,
  deadChannel,
  silence,
  audioClipping,
  channelImbalance,
  phaseInversion,
  dualMono,
  audioDropout,
  hum,
  toneLeak,
  avLength,
] as const satisfies readonly Check<never>[];
