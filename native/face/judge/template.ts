import { cosine } from '../networks/embedder.ts';

/** What a person is compared with: one or several photos, and the network that made them. */
export type Template = { readonly model: string; readonly vectors: readonly Float32Array[] };

/** @param model the network that made these embeddings */
export const templateOf = (model: string, vectors: readonly Float32Array[]): Template => ({ model, vectors });

/**
 * Cosine of a look against the nearest of a template's; not a number where the template is another network's.
 * @param embedder the network that looked
 */
export function similarityTo({ model, vectors }: Template, probe: Float32Array, embedder: string): number {
  if (model !== embedder || vectors.length === 0) return Number.NaN;
  return Math.max(...vectors.map((vector) => cosine(vector, probe)));
}
