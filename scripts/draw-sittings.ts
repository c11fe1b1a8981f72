import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { drawLifeCycle } from '../station/core/sitting/index.ts';

/** `npm run -s draw`: puts the life cycle of a sitting, as the code has it, into docs/sittings.md. */
const page = resolve(import.meta.dirname, '../docs/sittings.md');
const before = readFileSync(page, 'utf8');
const after = before.replace(/```mermaid\n[^`]*```/, () => `\`\`\`mermaid\n${drawLifeCycle()}\`\`\``);
writeFileSync(page, after);
process.stdout.write(`${page}\n`);
