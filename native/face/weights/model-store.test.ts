import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../models/manifest.json' with { type: 'json' };
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { MODEL_ROLES } from './manifest.ts';
import { modelFolders, modelStatus, readModels } from './model-store.ts';

function folderWith(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
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
      expect(modelStatus([folder]).map(({ state }) => state)).toEqual(Array(MODEL_ROLES.length).fill('models-missing'));
      expect(reasonOf(() => readModels([folder]))).toBe('models-missing');
    }
    expect(reasonOf(() => readModels([]))).toBe('models-missing');
  });

  it('says models-altered of files that are not the right ones', () => {
    const folder = folderWith(everyFile);
    expect(modelStatus([folder]).map(({ state, path }) => [state, path])).toEqual(
      manifest.models.map(({ file }) => ['models-altered', join(folder, file)]),
    );
    expect(reasonOf(() => readModels([folder]))).toBe('models-altered');
  });

  it('says which one is missing and where it was looked for', () => {
    const [first, ...others] = manifest.models.map(({ file }) => file);
    const folder = folderWith(Object.fromEntries(others.map((file) => [file, ''])));
    expect(() => readModels([folder])).toThrow(`${first} is in none of ${folder}`);
  });

  it('takes the first folder that has a file', () => {
    const [empty, full, other] = [folderWith({}), folderWith(everyFile), folderWith(everyFile)];
    const [detector] = modelStatus([empty, full, other]);
    expect(detector?.path?.startsWith(full)).toBe(true);
  });

  it('looks first where the environment says', () => {
    expect(modelFolders({ EXAM_STATION_MODELS: '/some/where' })[0]).toBe(resolve('/some/where'));
    expect(modelFolders({})).toHaveLength(modelFolders({ EXAM_STATION_MODELS: '/x' }).length - 1);
  });

  const found = modelStatus().every(({ state }) => state === 'ok');
  it.skipIf(!found)(
    'reads weights that are what the manifest says (skipped where the weights are not on this machine)',
    () => {
      const weights = readModels();
      for (const { role, sha256 } of manifest.models) {
        const bytes = weights[role as keyof typeof weights];
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      }
    },
  );
});
