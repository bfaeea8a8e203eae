import styles from './PassList.module.css';
import { PassList } from './PassList.tsx';
import { Queue } from './Queue.tsx';

/** The passes that wait for somebody's eyes, and below them all there are. */
export function PassLists() {
  return (
    <div className={styles.lists}>
      <Queue />
      <PassList />
    </div>
  );
}
