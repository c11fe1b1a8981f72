import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Attack, notAsSaid } from './attack.ts';
import { ATTACKS } from './attacks.ts';
import { withTables } from './trust-table.ts';

const USAGE = `npm run -s attacks -- [NAME...] [--json]
    replays attacks against the code that runs, and says what came of each; all of them, or those named
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

async function replayed(attack: Attack) {
  const { name, attacker, outcome: claimed, told = [], by } = attack;
  const seen = await attack.replay();
  return { ...{ name, attacker, claimed, told, by }, ...seen, butDiffers: notAsSaid(attack, seen) };
}
type Replayed = Awaited<ReturnType<typeof replayed>>;

const line = ({ name, attacker, outcome, said, butDiffers }: Replayed): string =>
  `${outcome.padEnd(9)}  ${name} (${attacker}): ${said}${butDiffers.length === 0 ? '' : `   BUT ${butDiffers.join('; ')}`}`;

const { values, positionals } = parse();
if (positionals.some((name) => !ATTACKS.some((attack) => attack.name === name))) usage();
if (values.draw) draw();
else {
  const attacks: Replayed[] = [];
  for (const attack of ATTACKS.filter(({ name }) => positionals.length === 0 || positionals.includes(name)))
    attacks.push(await replayed(attack));
  process.stdout.write(values.json ? `${JSON.stringify({ attacks }, null, 2)}\n` : `${attacks.map(line).join('\n')}\n`);
  process.exit(attacks.every(({ butDiffers }) => butDiffers.length === 0) ? 0 : 1);
}
