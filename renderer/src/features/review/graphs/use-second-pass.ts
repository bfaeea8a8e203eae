import { useComparison } from '../comparison.ts';
import type { Lane } from './lane-list.ts';
import type { SecondPass } from './scene.ts';
import { useSampleTiles } from './use-sample-tiles.ts';

/** The pass that stands against the one that is reviewed, with the measures that are drawn; undefined where none does. */
export function useSecondPass(lanes: readonly Lane[]): SecondPass | undefined {
  const b = useComparison((comparison) => comparison.b);
  const aligning = useComparison((comparison) => comparison.aligning);
  const shiftFrames = useComparison((comparison) => comparison.shiftFrames);
  const pass = b.kind === 'pass' ? b.pass : undefined;
  const columns = pass ? lanes.flatMap((lane) => (lane.kind === 'measure' ? lane.columns : [])) : [];
  const { tiles } = useSampleTiles(pass?.id ?? '', pass?.frames ?? 0, columns);
  if (!pass || !tiles) return undefined;
  const alignment = aligning.state === 'found' ? aligning.alignment : undefined;
  return { tiles, alignment, shiftFrames, frames: pass.frames };
}
