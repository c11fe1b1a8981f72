import { cosine } from '../networks/embedder.ts';
import { EMBEDDER } from '../weights/manifest.ts';

/** What a person is compared with: one or several photos, and the network that made them. */
export type Template = { readonly model: string; readonly vectors: readonly Float32Array[] };

/** A template of embeddings that this engine just made. */
export const templateOf = (vectors: readonly Float32Array[]): Template => ({ model: EMBEDDER, vectors });

/** Cosine of a look against the nearest of a template's; not a number where the template is another network's. */
export function similarityTo({ model, vectors }: Template, probe: Float32Array): number {
  if (model !== EMBEDDER || vectors.length === 0) return Number.NaN;
  return Math.max(...vectors.map((vector) => cosine(vector, probe)));
}
