import type { Engine } from './engine.ts';
import type { Procedures } from './procedures.ts';

export function liveApi({ live }: Procedures, engine: Engine) {
  return {
    subscribe: live.subscribe.handler(({ signal }) => engine.subscribe(signal)),
  };
}
