import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../models/manifest.json' with { type: 'json' };
import { MODELS } from '../../../tests/kit/face-models.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { readCalibration } from './calibration.ts';
import { faceModels } from './face-models.ts';
import { MODEL_ROLES, validatedProfiles } from './manifest.ts';
import { modelStatus, readModels } from './model-store.ts';

function folderWith(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
const inFolders = (...folders: string[]) => ({ ...faceModels(), folders });
const everyFile = Object.fromEntries(manifest.models.map(({ file }) => [file, 'not these weights']));
const roles = manifest.models.map(({ role }) => role).sort();

describe('the model store', () => {
  it('names one model for every role, each with the hash and the terms of its file', () => {
    expect(roles).toEqual(MODEL_ROLES.toSorted());
    for (const { sha256, licence } of manifest.models) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(licence).not.toBe('');
    }
  });

  it('says models-missing of an empty folder and of one that is not there, for every role', () => {
    for (const folder of [folderWith({}), join(tmpdir(), 'no-such-folder')]) {
      expect(modelStatus(inFolders(folder)).map(({ state }) => state)).toEqual(
        Array(MODEL_ROLES.length).fill('models-missing'),
      );
      expect(reasonOf(() => readModels(inFolders(folder), MODEL_ROLES))).toBe('models-missing');
    }
    expect(reasonOf(() => readModels(inFolders(), MODEL_ROLES))).toBe('models-missing');
  });

  it('says models-altered of files that are not the right ones', () => {
    const folder = folderWith(everyFile);
    expect(modelStatus(inFolders(folder)).map(({ state, path }) => [state, path])).toEqual(
      manifest.models.map(({ file }) => ['models-altered', join(folder, file)]),
    );
    expect(reasonOf(() => readModels(inFolders(folder), MODEL_ROLES))).toBe('models-altered');
  });

  it('says which one is missing and where it was looked for', () => {
    const [first, ...others] = manifest.models.map(({ file }) => file);
    const folder = folderWith(Object.fromEntries(others.map((file) => [file, ''])));
    expect(() => readModels(inFolders(folder), MODEL_ROLES)).toThrow(`${first} is in none of ${folder}`);
  });

  it('takes the first folder that has a file', () => {
    const [empty, full, other] = [folderWith({}), folderWith(everyFile), folderWith(everyFile)];
    const [detector] = modelStatus(inFolders(empty, full, other));
    expect(detector?.path?.startsWith(full)).toBe(true);
  });

  it('looks first where it is told to', () => {
    expect(faceModels({ models: '/some/where' }).folders[0]).toBe(resolve('/some/where'));
    expect(faceModels().folders).toHaveLength(faceModels({ models: '/x' }).folders.length - 1);
  });

  it('of another profile names other networks, and of none says which there are', () => {
    const [pack, other] = [faceModels(), faceModels({ faceProfile: 'sface' })];
    expect([other.embedder === pack.embedder, other.antiSpoof]).toEqual([false, pack.antiSpoof]);
    expect(() => faceModels({ faceProfile: 'nobody' })).toThrow('there is no profile nobody; there is 0095, sface');
  });

  it('has a calibration for every profile that is called validated', () => {
    expect(validatedProfiles()).toEqual(['0095']);
    for (const faceProfile of validatedProfiles()) {
      const models = faceModels({ faceProfile });
      expect(readCalibration(models).embedder).toBe(models.embedder);
    }
  });

  const found = modelStatus(MODELS).every(({ state }) => state === 'ok');
  it.skipIf(!found)(
    'reads weights that are what the manifest says (skipped where the weights are not on this machine)',
    () => {
      const weights = readModels(MODELS, MODEL_ROLES);
      for (const { role, sha256 } of manifest.models) {
        const bytes = weights[role as keyof typeof weights];
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      }
    },
  );
});
