import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../stage.ts';
import { tortureCenter } from './center.ts';
import { tortureLockdown } from './lockdown.ts';
import { torture } from './torture.ts';

const USAGE = `npm run -s torture -- [sittings] [--kills N] [--seed N] [--json]
    kills a station at random while somebody sits an exam, and counts what is lost
npm run -s torture -- center [--kills N] [--seed N] [--json]
    kills one of two centers, or restarts their PostgreSQL, while stations bring batches, and counts what is lost
npm run -s torture -- lockdown [--every N] [--json]
    cuts locking, unlocking and restoring short at every moment (every N-th), and counts what is left
`;

function usage(): never {
  process.stderr.write(USAGE);
  process.exit(2);
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        kills: { type: 'string', default: '50' },
        seed: { type: 'string', default: '1' },
        every: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch {
    return usage();
  }
}

/** Counts on the terminal, where somebody looks at one. */
const count = (done: number, of: number, what: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of} ${what}   `);
};

async function sittings(kills: number, seed: number) {
  const report = await torture({
    folder: join(root, 'data/torture'),
    kills,
    seed,
    onKill: (done) => count(done, kills, 'kills'),
  });
  const { interrupted, resumed, lost, brokenLedgers, acknowledged, sittings: sat, seconds } = report;
  const text = [
    `${kills} kills in ${seconds} s, ${sat} sittings, ${acknowledged} answers acknowledged`,
    `${interrupted} times a sitting was under way, ${resumed} times it was there again; ${lost} acknowledged answers lost; ${brokenLedgers} ledgers broken`,
  ];
  // Kills that met nobody prove nothing.
  const proven = interrupted > 0 && acknowledged > 0;
  return { ok: proven && resumed === interrupted && lost === 0 && brokenLedgers === 0, report, text };
}

async function centers(kills: number, seed: number) {
  const report = await tortureCenter({
    ...{ folder: join(root, 'data/torture-center'), kills, seed },
    onKill: (done) => count(done, kills, 'kills'),
  });
  const { databaseRestarts, receipts, again, lost, twice, forks, heads, seconds } = report;
  const text = [
    `${kills} kills in ${seconds} s, ${databaseRestarts} of them of the database; ${receipts} receipts, ${again} times a station came again`,
    `${lost} records with a receipt lost; ${twice} places in the log given twice; ${forks} forks among ${heads} heads`,
  ];
  return { ok: receipts > kills && lost === 0 && twice === 0 && forks === 0, report, text };
}

async function lockdown(every: number) {
  const onCrash = (at: number, of: number): void => count(at, of, 'moments');
  const report = await tortureLockdown({ folder: join(root, 'data/torture-lockdown'), every, onCrash });
  const { changed, moments, crashes, crashesOfRestore, leftovers, left, seconds } = report;
  const text = [
    `${changed} settings changed while locked; ${crashes} crashes at ${moments} moments in ${seconds} s, ${crashesOfRestore} more while restoring; ${leftovers} leftovers`,
    ...left,
  ];
  return { ok: leftovers === 0 && crashes > 0 && changed > 0, report, text };
}

const { values, positionals } = parse();
const [kills, seed, every] = [Number(values.kills), Number(values.seed), Number(values.every)];
if (![kills, every].every((n) => Number.isInteger(n) && n >= 1) || !Number.isInteger(seed)) usage();
const [what = 'sittings', ...more] = positionals;
if (more.length > 0 || !['sittings', 'center', 'lockdown'].includes(what)) usage();
const runs = {
  lockdown: () => lockdown(every),
  center: () => centers(kills, seed),
  sittings: () => sittings(kills, seed),
};
const { ok, report, text } = await runs[what as keyof typeof runs]();
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${text.join('\n')}\n`);
process.exit(ok ? 0 : 1);
