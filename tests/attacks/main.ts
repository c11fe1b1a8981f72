import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Attack } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { withTables } from './trust-table.ts';

const USAGE = `npm run -s attacks -- [NAME...] [--json]
    replays attacks against programs that really run, and says what came of each; all of them, or those named
npm run -s attacks -- --draw
    puts the list into docs/trust.md
`;

function usage(): never {
  process.stderr.write(USAGE);
  process.exit(2);
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, draw: { type: 'boolean', default: false } },
    });
  } catch {
    return usage();
  }
}

function draw(): void {
  const page = resolve(import.meta.dirname, '../../docs/trust.md');
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), ATTACKS));
  process.stdout.write(`${page}\n`);
}

async function replayed({ name, attacker, outcome: claimed, by, replay }: Attack) {
  const { outcome, said } = await replay();
  return { name, attacker, outcome, claimed, by, said };
}
type Replayed = Awaited<ReturnType<typeof replayed>>;

const line = ({ name, attacker, outcome, claimed, said }: Replayed): string =>
  `${outcome.padEnd(9)}  ${name} (${attacker}): ${said}${outcome === claimed ? '' : `   BUT docs/trust.md says ${claimed}`}`;

const { values, positionals } = parse();
if (positionals.some((name) => !ATTACKS.some((attack) => attack.name === name))) usage();
if (values.draw) draw();
else {
  const attacks: Replayed[] = [];
  for (const attack of ATTACKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name)))
    attacks.push(await replayed(attack));
  process.stdout.write(values.json ? `${JSON.stringify({ attacks }, null, 2)}\n` : `${attacks.map(line).join('\n')}\n`);
  process.exit(attacks.every(({ outcome, claimed }) => outcome === claimed) ? 0 : 1);
}
