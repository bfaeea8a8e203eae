import type { PassId } from '#shared/domain/ids.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { workOf } from '#shared/domain/pass-machine.ts';

/** Passes of an earlier engine that wait to be taken up, so that a word to one of them can wait for its turn. */
export interface Takeover {
  /** Notes passes that will be taken up. @returns them in the order of haste */
  expect(passes: readonly Pass[]): Pass[];
  /** Its turn is over, however it went. */
  over(passId: PassId): void;
  /** All turns are over. */
  end(): void;
  /** Resolves when this pass has been taken up; at once where nothing is expected of it. */
  turnOf(passId: PassId): Promise<void>;
}

/**
 * An engine that starts again takes its passes up one after the other. A tape that still plays comes first: mending another one can take
 * minutes, and until its turn nobody watches the recorder.
 */
export function createTakeover(): Takeover {
  const turns = new Map<PassId, PromiseWithResolvers<void>>();
  return {
    expect(passes) {
      for (const { id } of passes) if (!turns.has(id)) turns.set(id, Promise.withResolvers());
      const haste = ({ state }: Pass) => (workOf(state) === 'watch-recorder' ? 0 : 1);
      return passes.toSorted((a, b) => haste(a) - haste(b));
    },
    over(passId) {
      turns.get(passId)?.resolve();
      turns.delete(passId);
    },
    end() {
      for (const turn of turns.values()) turn.resolve();
      turns.clear();
    },
    turnOf: (passId) => turns.get(passId)?.promise ?? Promise.resolve(),
  };
}
