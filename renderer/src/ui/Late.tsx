import { type ReactNode, useEffect, useState } from 'react';

/** Shows its content only when it has stood for 300 ms: what is quicker needs no word of waiting. */
export function Late({ children }: { children: ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return late ? children : null;
}
