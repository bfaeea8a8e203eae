/** Pieces that are fetched when they are looked at: a few at a time, the most wanted first, and given up when nobody wants them any more. */
export interface WantedStore<Piece> {
  /** What is there of a piece. The one asked for last is kept longest. */
  get(key: string): Piece | undefined;
  /** All that is looked at now, the most wanted first. */
  want(keys: readonly string[]): void;
  close(): void;
}

interface WantedStoreOptions<Piece> {
  fetchPiece: (key: string, signal: AbortSignal) => Promise<Piece>;
  atOnce: number;
  /** Pieces that are kept; the others are fetched again. */
  kept: number;
  onArrival: () => void;
  /** Where an answer fails; that piece is not asked for again. */
  onError: (error: unknown) => void;
}

export function createWantedStore<Piece>(options: WantedStoreOptions<Piece>): WantedStore<Piece> {
  const { fetchPiece, atOnce, kept, onArrival, onError } = options;
  const closing = new AbortController();
  const pieces = new Map<string, Piece>();
  const failed = new Set<string>();
  const underWay = new Map<string, AbortController>();
  let wanted: readonly string[] = [];

  async function fetchOne(key: string): Promise<void> {
    const leaving = new AbortController();
    underWay.set(key, leaving);
    try {
      const piece = await fetchPiece(key, AbortSignal.any([leaving.signal, closing.signal]));
      if (closing.signal.aborted) return;
      pieces.set(key, piece);
      const [oldest] = pieces.keys();
      if (pieces.size > kept && oldest !== undefined) pieces.delete(oldest);
      onArrival();
    } catch (error) {
      if (leaving.signal.aborted || closing.signal.aborted) return;
      failed.add(key);
      onError(error);
    } finally {
      underWay.delete(key);
      if (!closing.signal.aborted) fetchMissing();
    }
  }

  function fetchMissing(): void {
    for (const key of wanted) {
      if (underWay.size >= atOnce) return;
      if (!pieces.has(key) && !underWay.has(key) && !failed.has(key)) void fetchOne(key);
    }
  }

  return {
    get(key) {
      const piece = pieces.get(key);
      if (piece === undefined) return undefined;
      pieces.delete(key);
      pieces.set(key, piece);
      return piece;
    },
    want(keys) {
      wanted = keys;
      for (const [key, leaving] of underWay) if (!wanted.includes(key)) leaving.abort();
      fetchMissing();
    },
    close: () => closing.abort(),
  };
}
