import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { drawApi } from './api-pages.ts';

/** `npm run -s draw:api`: writes docs/api/ from what the platform's endpoints say of themselves. */
const folder = resolve(import.meta.dirname, '../docs/api');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(drawApi())) {
  writeFileSync(join(folder, name), text);
  process.stdout.write(`${join(folder, name)}\n`);
}
