import type { Check } from '../check.ts';
import { audioClipping } from './audio-clipping.ts';
import { black } from './black.ts';
import { signalLoss } from './signal-loss.ts';
import { silence } from './silence.ts';

/** Every check, in the order in which screens list them. */
export const checks = [signalLoss, black, silence, audioClipping] as const satisfies readonly Check<never>[];
