import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { platformApi } from '../contract/platform/api.ts';
import { drawApi, drawPlatform } from '../scripts/api-pages.ts';

const folder = resolve(import.meta.dirname, '../docs/api');
const drawn = drawApi();

test.each(Object.keys(drawn))('docs/api/%s is what `npm run -s draw:api` draws', (name) => {
  expect(readFileSync(join(folder, name), 'utf8')).toBe(drawn[name]);
});

test('docs/platform.md says who may what, as the walk over all endpoints asks for it', () => {
  const page = readFileSync(join(folder, '../platform.md'), 'utf8');
  expect(page).toContain('| `organisations.move` | below | below |');
  expect(drawPlatform(page)).toBe(page);
});

test('it is an OpenAPI 3.1 document', async () => {
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(drawn['openapi.json'] ?? ''))).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
  const broken = { ...JSON.parse(drawn['openapi.json'] ?? ''), paths: { '/x': { get: { responses: 'none' } } } };
  expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
});

test('it describes every endpoint, and names each once', () => {
  const { paths } = JSON.parse(drawn['openapi.json'] ?? '');
  const said = Object.values<Record<string, { operationId: string }>>(paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  const there = Object.entries(platformApi).flatMap(([tag, all]) => Object.keys(all).map((name) => `${tag}.${name}`));
  expect(said.sort()).toEqual(there.sort());
});
