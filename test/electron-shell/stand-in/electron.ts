/** What the shell uses of Electron, backed by a real Chromium. Anything else it might come to use is missing here, loudly. */

import { answerControl } from './control.ts';
import * as electron from './modules.ts';

answerControl(electron);

export * from './modules.ts';
