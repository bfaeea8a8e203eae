import type { Check } from '../check.ts';
import { audioClipping } from './audio-clipping.ts';
import { black } from './black.ts';
import { headClog } from './head-clog.ts';
import { headSwitching } from './head-switching.ts';
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
  silence,
  audioClipping,
] as const satisfies readonly Check<never>[];
