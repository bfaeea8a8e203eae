import type { Bench } from './bench.ts';
import { afterLastFrame } from './benches/after-last-frame.ts';
import { alignment } from './benches/alignment.ts';
import { digests } from './benches/digests.ts';
import { engineMemory } from './benches/engine-memory.ts';
import { frames } from './benches/frames.ts';
import { graphs } from './benches/graphs.ts';
import { interfaceMessages } from './benches/interface-messages.ts';
import { liveEvent } from './benches/live-event.ts';
import { logVerify } from './benches/log-verify.ts';
import { measures } from './benches/measures.ts';
import { oneDecode } from './benches/one-decode.ts';
import { openReport } from './benches/open-report.ts';
import { qc } from './benches/qc.ts';
import { recorderCpu } from './benches/recorder-cpu.ts';
import { recovery } from './benches/recovery.ts';
import { tapesList } from './benches/tapes-list.ts';
import { beyondFourGibibytes } from './faults/beyond-four-gibibytes.ts';
import { disk } from './faults/disk.ts';
import { kills } from './faults/kills.ts';
import { overload } from './faults/overload.ts';
import { powerCut } from './faults/power-cut.ts';
import { soakAlarms } from './faults/soak-alarms.ts';
import { soakChannels } from './faults/soak-channels.ts';
import { soakTape } from './faults/soak-tape.ts';
import { source } from './faults/source.ts';

/** The numbers of the house plan, in the order of a whole run. A new one is one file and one line here. */
export const benches: readonly Bench[] = [
  recorderCpu,
  afterLastFrame,
  oneDecode,
  measures,
  openReport,
  graphs,
  frames,
  alignment,
  interfaceMessages,
  liveEvent,
  engineMemory,
  digests,
  logVerify,
  tapesList,
  recovery,
];

/** What is broken on purpose, seeded: run by name only (`npm run bench -- faults`), since each takes its time. */
export const faultBenches: readonly Bench[] = [
  kills,
  powerCut,
  disk,
  beyondFourGibibytes,
  overload,
  source,
  soakChannels,
  soakTape,
  soakAlarms,
];

/** What takes hours: run by name only. */
export const longBenches: readonly Bench[] = [qc];
