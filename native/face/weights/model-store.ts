import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../../contract/words/reasons.ts';
import type { FaceModels } from './face-models.ts';
import type { ModelRole } from './manifest.ts';

export type ModelStatus = {
  readonly role: ModelRole;
  readonly file: string;
  readonly state: 'ok' | 'models-missing' | 'models-altered';
  readonly path?: string;
};

/** What is there of the weights the manifest names, each file checked against its SHA-256. */
export function modelStatus({ profile, folders }: FaceModels): ModelStatus[] {
  return Object.values(profile.models).map(({ role, file, sha256 }) => {
    const path = folders.map((folder) => join(folder, file)).find((candidate) => existsSync(candidate));
    const state = !path ? 'models-missing' : digest(readFileSync(path)) === sha256 ? 'ok' : 'models-altered';
    return { role, file, state, ...(path ? { path } : {}) };
  });
}

/**
 * Reads the weights of these networks.
 * @throws Refusal `models-missing` or `models-altered`, naming the file and where it was looked for.
 */
export function readModels<R extends ModelRole>(
  { profile, folders }: FaceModels,
  roles: readonly R[],
): Record<R, Uint8Array> {
  const read = (role: R): Uint8Array => {
    const { file, sha256 } = profile.models[role];
    const path = folders.map((folder) => join(folder, file)).find((candidate) => existsSync(candidate));
    if (!path) throw new Refusal('models-missing', `${file} is in none of ${folders.join(', ')}`);
    const bytes = readFileSync(path);
    if (digest(bytes) !== sha256) throw new Refusal('models-altered', path);
    return bytes;
  };
  return Object.fromEntries(roles.map((role) => [role, read(role)])) as Record<R, Uint8Array>;
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
