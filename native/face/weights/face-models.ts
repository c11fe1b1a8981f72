import { findPackageJSON } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { antiSpoofOf, embedderOf, type Profile, profileNamed } from './manifest.ts';

/** Which networks look, and where their weights are. Plain data: it goes to worker threads as it is. */
export type FaceModels = {
  readonly profile: Profile;
  /** Where weights are looked for, in this order. They are data: found or fetched, never part of the repository. */
  readonly folders: readonly string[];
  /** The network that embeddings are of. */
  readonly embedder: string;
  /** The networks that passive liveness is of. */
  readonly antiSpoof: string;
};

/** Of the repository, or of the installed kiosk, where all of this is one file. */
const root = dirname(findPackageJSON('.', import.meta.url) ?? import.meta.dirname);

/** Where fetched weights go. */
export const ownModelFolder = join(root, 'models/weights');

export type ModelWish = { readonly models?: string | undefined; readonly faceProfile?: string | undefined };

/**
 * @param wish.models a folder that is looked into before all others
 * @param wish.faceProfile other networks than the pack's
 * @throws Refusal `models-missing` where no profile has that name
 */
export function faceModels(wish: ModelWish = {}): FaceModels {
  const profile = profileNamed(wish.faceProfile);
  const named = wish.models ? [resolve(wish.models)] : [];
  const folders = [...named, ownModelFolder, resolve(root, '../shared/models')];
  return { profile, folders, embedder: embedderOf(profile), antiSpoof: antiSpoofOf(profile) };
}
