import { registerHooks } from 'node:module';

/** Loaded before the built main (`node --import`): its `electron` is the stand-in. Everything else stays as it is. */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== 'electron') return nextResolve(specifier, context);
    return { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true };
  },
});
