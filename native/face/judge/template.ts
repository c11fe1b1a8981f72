import manifest from '../../../models/manifest.json' with { type: 'json' };
import { cosine } from '../networks/embedder.ts';

/** What a person is compared with: one or several photos, and the network that made them. */
export type Template = { readonly model: string; readonly vectors: readonly Float32Array[] };

/** The network that embeddings are of now. Vectors of another cannot be compared with them. */
export const EMBEDDER: string = embedderId();

function embedderId(): string {
  const model = manifest.models.find(({ role }) => role === 'embedder');
  if (!model) throw new Error('the manifest names no embedder');
  return `${model.file}@${model.sha256.slice(0, 8)}`;
}

/** A template of embeddings that this engine just made. */
export const templateOf = (vectors: readonly Float32Array[]): Template => ({ model: EMBEDDER, vectors });

/** Cosine of a look against the nearest of a template's; not a number where the template is another network's. */
export function similarityTo({ model, vectors }: Template, probe: Float32Array): number {
  if (model !== EMBEDDER || vectors.length === 0) return Number.NaN;
  return Math.max(...vectors.map((vector) => cosine(vector, probe)));
}
