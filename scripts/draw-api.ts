import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { drawApi, drawPlatform } from './api-pages.ts';

/** `npm run -s draw:api`: writes docs/api/ from what the platform's endpoints say of themselves, and who may what into docs/platform.md. */
const folder = resolve(import.meta.dirname, '../docs/api');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(drawApi())) {
  writeFileSync(join(folder, name), text);
  process.stdout.write(`${join(folder, name)}\n`);
}
const page = resolve(folder, '../platform.md');
writeFileSync(page, drawPlatform(readFileSync(page, 'utf8')));
process.stdout.write(`${page}\n`);
