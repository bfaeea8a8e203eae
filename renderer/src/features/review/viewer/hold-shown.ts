import { comparison, useComparison } from '../comparison.ts';
import { useShown } from './shown.ts';

/** Holds the picture of A that is really in sight as B, not one on its way. */
export function holdShown(): void {
  const address = useShown.getState().pair?.a.address;
  if (address?.kind !== 'frame') return;
  comparison.choose({ kind: 'held', pass: address.pass, role: address.role, frame: address.frame });
  if (useComparison.getState().mode === 'alone') comparison.setMode('beside');
}
