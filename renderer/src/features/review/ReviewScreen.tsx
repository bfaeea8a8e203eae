import { usePlace } from '../../state/place.ts';
import { PassLists } from './PassLists.tsx';
import { PassReview } from './PassReview.tsx';

/** The passes that wait and all passes, or one of them frame by frame. */
export function ReviewScreen() {
  const item = usePlace((place) => place.item);
  return item ? <PassReview key={item} passId={item} /> : <PassLists />;
}
