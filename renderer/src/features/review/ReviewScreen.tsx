import { usePlace } from '../../state/place.ts';
import { PassList } from './PassList.tsx';
import { PassReview } from './PassReview.tsx';

/** The passes, or one of them frame by frame. */
export function ReviewScreen() {
  const item = usePlace((place) => place.item);
  return item ? <PassReview key={item} passId={item} /> : <PassList />;
}
