import type { Sha256 } from '../../../contract/words/ids.ts';
import { cosine } from '../networks/embedder.ts';

/** What a person is compared with: one or several photos, and the network that made them. */
export type Template = {
  readonly model: string;
  readonly vectors: readonly Float32Array[];
  /** Faces of check-ins without any doubt that were added since. None of them takes the place of a photo. */
  readonly added?: readonly AddedFace[];
};

/** @property template what it is called, wherever it is spoken of: the hash of its numbers */
export type AddedFace = { readonly template: Sha256; readonly vector: Float32Array };

/** How alike a look is, and where only an added face says so, which, and how alike the photos are. */
export type Likeness = {
  readonly similarity: number;
  readonly byAdded?: { readonly template: Sha256; readonly enrolled: number };
};

type Bounds = { readonly embedder: string; readonly accept: number; readonly refuseBelow: number };

/** @param model the network that made these embeddings */
export const templateOf = (model: string, vectors: readonly Float32Array[]): Template => ({ model, vectors });

/**
 * How alike a look is to a person. Added faces are asked only where the photos leave it open: whom the photos know needs none,
 * and whom the photos call somebody else is not let in by any. One that is not itself accepted by the photos counts for nothing,
 * so that the faces of a person cannot wander off, however many are added one after the other.
 */
export function likenessTo(reference: Template, probe: Float32Array, bounds: Bounds): Likeness {
  const { embedder, accept, refuseBelow } = bounds;
  const enrolled = similarityTo(reference, probe, embedder);
  // Written so that a score that is no number asks nobody.
  if (!(enrolled >= refuseBelow && enrolled < accept)) return { similarity: enrolled };
  const [nearest] = (reference.added ?? [])
    .filter(({ vector }) => similarityTo(reference, vector, embedder) >= accept)
    .map(({ template, vector }) => ({ template, similarity: cosine(vector, probe) }))
    .toSorted((a, b) => b.similarity - a.similarity);
  if (!nearest || !(nearest.similarity >= accept)) return { similarity: enrolled };
  return { similarity: nearest.similarity, byAdded: { template: nearest.template, enrolled } };
}

/**
 * Cosine of a look against the nearest photo; not a number where the template is another network's.
 * @param embedder the network that looked
 */
function similarityTo({ model, vectors }: Template, probe: Float32Array, embedder: string): number {
  if (model !== embedder || vectors.length === 0) return Number.NaN;
  return Math.max(...vectors.map((vector) => cosine(vector, probe)));
}
