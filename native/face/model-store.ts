import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from '../../contract/reasons.ts';
import manifest from '../../models/manifest.json' with { type: 'json' };
import type { WantedModel } from './fetch-models.ts';

export type ModelRole = 'detector' | 'embedder' | 'antiSpoofV2' | 'antiSpoofV1SE';
export type ModelStatus = {
  readonly role: ModelRole;
  readonly file: string;
  readonly state: 'ok' | 'models-missing' | 'models-altered';
  readonly path?: string;
};

const root = resolve(import.meta.dirname, '../..');

/** Where fetched weights go. */
export const ownModelFolder = join(root, 'models/weights');

export const wantedModels: readonly WantedModel[] = manifest.models;

/** Where weights are looked for, in this order. They are data: found or fetched, never part of the repository. */
export const modelFolders = (env: NodeJS.ProcessEnv = process.env): readonly string[] => [
  ...(env.EXAM_STATION_MODELS ? [resolve(env.EXAM_STATION_MODELS)] : []),
  ownModelFolder,
  resolve(root, '../shared/models'),
];

/** What is there of the weights the manifest names, each file checked against its SHA-256. */
export function modelStatus(folders: readonly string[] = modelFolders()): ModelStatus[] {
  return manifest.models.map(({ role, file, sha256 }) => {
    const path = folders.map((folder) => join(folder, file)).find((candidate) => existsSync(candidate));
    const state = !path ? 'models-missing' : digest(readFileSync(path)) === sha256 ? 'ok' : 'models-altered';
    return { role: role as ModelRole, file, state, ...(path ? { path } : {}) };
  });
}

/**
 * Reads every model's weights.
 * @throws Refusal `models-missing` or `models-altered`, naming the file and where it was looked for.
 */
export function readModels(folders: readonly string[] = modelFolders()): Record<ModelRole, Uint8Array> {
  const weights: Partial<Record<ModelRole, Uint8Array>> = {};
  for (const { role, file, sha256 } of manifest.models) {
    const path = folders.map((folder) => join(folder, file)).find((candidate) => existsSync(candidate));
    if (!path) throw new Refusal('models-missing', `${file} is in none of ${folders.join(', ')}`);
    const bytes = readFileSync(path);
    if (digest(bytes) !== sha256) throw new Refusal('models-altered', path);
    weights[role as ModelRole] = bytes;
  }
  return weights as Record<ModelRole, Uint8Array>;
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
