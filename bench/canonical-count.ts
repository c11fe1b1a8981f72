import { registerHooks } from 'node:module';

/**
 * Loaded before everything else (`node --import`): whoever makes something canonical from then on gets it from
 * `counted-canonicalize.ts`, which counts.
 */
const COUNTED = new URL('./counted-canonicalize.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'canonicalize' && context.parentURL !== COUNTED
      ? { url: COUNTED, shortCircuit: true }
      : next(specifier, context),
});
