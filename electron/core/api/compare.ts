import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function compareApi({ compare }: Procedures, engine: Engine) {
  return {
    align: compare.align.handler(({ input }) => engine.compare().align(input.passIdA, input.passIdB)),
  };
}
