import { create } from 'zustand';
import { certifying } from './compare/certifying.ts';
import { comparison, useComparison } from './comparison.ts';

/** What the column beside the pictures shows above the verdict. */
export const useSide = create<{ shows: 'events' | 'comparison' }>()(() => ({ shows: 'events' }));

/** Where B is something that the engine compares with A. */
const canCompare = () => comparison.canShift();

useComparison.subscribe(() => {
  if (!canCompare() && !side.showsEvents()) useSide.setState({ shows: 'events' });
});

export const side = {
  canCompare,
  showsEvents: () => useSide.getState().shows === 'events',
  showEvents: () => useSide.setState({ shows: 'events' }),
  showComparison: () => useSide.setState({ shows: canCompare() ? 'comparison' : 'events' }),
  toggle: () => (side.showsEvents() ? side.showComparison() : side.showEvents()),
  /** Lays B on A, where what is found is seen. */
  align(): Promise<void> {
    side.showComparison();
    return comparison.align();
  },
  /** Holds the access copy against the master, where how far it is is seen: whatever was B makes room for it. */
  certify(): Promise<void> {
    if (useComparison.getState().b.kind !== 'access') comparison.choose({ kind: 'access' });
    side.showComparison();
    return certifying.certify();
  },
};
