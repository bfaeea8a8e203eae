import styles from './MiddleCut.module.css';

/** Own: what tells identifiers of one series apart, a counter and its suffix, is in its last characters. */
const tailLength = 9;

/** A name that is cut in its middle where it has no room: names of one series differ at their end. The whole of it is its title. */
export function MiddleCut({ text }: { text: string }) {
  const at = Math.max(Math.ceil(text.length / 2), text.length - tailLength);
  return (
    <span className={styles.cut} title={text}>
      {/* Read, found and copied as one word. */}
      <span className="visually-hidden">{text}</span>
      <span className={styles.head} aria-hidden="true">
        {text.slice(0, at)}
      </span>
      <span className={styles.tail} aria-hidden="true">
        {text.slice(at)}
      </span>
    </span>
  );
}
