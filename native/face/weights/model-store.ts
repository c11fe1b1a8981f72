import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Refusal } from '../../../contract/words/reasons.ts';
import { MODEL_ROLES, type ModelRole, PROFILE } from './manifest.ts';

export type ModelStatus = {
  readonly role: ModelRole;
  readonly file: string;
  readonly state: 'ok' | 'models-missing' | 'models-altered';
  readonly path?: string;
};

/** Of the repository, or of the installed kiosk, where all of this is one file. */
const root = dirname(findPackageJSON('.', import.meta.url) ?? import.meta.dirname);

/** Where fetched weights go. */
export const ownModelFolder = join(root, 'models/weights');

/** Where weights are looked for, in this order. They are data: found or fetched, never part of the repository. */
export const modelFolders = (env: NodeJS.ProcessEnv = process.env): readonly string[] => [
  ...(env.EXAM_STATION_MODELS ? [resolve(env.EXAM_STATION_MODELS)] : []),
  ownModelFolder,
  resolve(root, '../shared/models'),
];

/** What is there of the weights the manifest names, each file checked against its SHA-256. */
export function modelStatus(folders: readonly string[] = modelFolders()): ModelStatus[] {
  return Object.values(PROFILE.models).map(({ role, file, sha256 }) => {
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
  folders: readonly string[] = modelFolders(),
  roles: readonly R[] = MODEL_ROLES as readonly ModelRole[] as readonly R[],
): Record<R, Uint8Array> {
  const read = (role: R): Uint8Array => {
    const { file, sha256 } = PROFILE.models[role];
    const path = folders.map((folder) => join(folder, file)).find((candidate) => existsSync(candidate));
    if (!path) throw new Refusal('models-missing', `${file} is in none of ${folders.join(', ')}`);
    const bytes = readFileSync(path);
    if (digest(bytes) !== sha256) throw new Refusal('models-altered', path);
    return bytes;
  };
  return Object.fromEntries(roles.map((role) => [role, read(role)])) as Record<R, Uint8Array>;
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
