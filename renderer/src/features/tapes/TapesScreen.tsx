import { usePlace } from '../../state/place.ts';
import { Register } from './Register.tsx';
import { TapePage } from './TapePage.tsx';

/** The register of tapes, or one tape. */
export function TapesScreen() {
  const item = usePlace((place) => place.item);
  return item ? <TapePage tapeId={item} /> : <Register />;
}
