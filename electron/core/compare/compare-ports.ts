import type { Pass, PassFile } from '#shared/domain/pass.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';

/** What comparing asks of the rest of the engine; core.ts gives it. */
export interface ComparePorts {
  ffmpegPath: string;
  ffprobePath: string;
  pass(passId: string): Pass | undefined;
  /** The pass's latest file in this role, also where it is not on this computer today. */
  file(passId: string, role: PassFile['role']): PassFile | undefined;
  /** Where it is; undefined where it is not there today. */
  pathOf(file: PassFile): string | undefined;
  /** What was found when the pass was judged last, with what is meant to be so; undefined where it never was. */
  events(passId: string): ShownEvent[] | undefined;
}
