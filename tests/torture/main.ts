import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../stage.ts';
import { torture } from './torture.ts';

/** `npm run -s torture -- --kills 500 --json`: kills a station at random while somebody sits an exam, and counts what is lost. */
const USAGE = 'npm run -s torture -- [--kills N] [--seed N] [--json]\n';
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [kills, seed] = [Number(values.kills), Number(values.seed)];
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  process.stderr.write(USAGE);
  process.exit(2);
}
const onKill = (done: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${kills} kills   `);
};
const report = await torture({ folder: join(root, 'data/torture'), kills, seed, onKill });
const { interrupted, resumed, lost, brokenLedgers, acknowledged, sittings, seconds } = report;
const text = [
  `${kills} kills in ${seconds} s, ${sittings} sittings, ${acknowledged} answers acknowledged`,
  `${interrupted} times a sitting was under way, ${resumed} times it was there again; ${lost} acknowledged answers lost; ${brokenLedgers} ledgers broken`,
];
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${text.join('\n')}\n`);
process.exit(resumed === interrupted && lost === 0 && brokenLedgers === 0 ? 0 : 1);
