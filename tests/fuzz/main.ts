import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';
import { READERS } from './readers.ts';
import { ownSeeds, sharedSeeds } from './seeds.ts';

const USAGE = `npm run -s fuzz -- [--rounds N] [--seed S] [--kinds xlsx,csv,gift,xml,json,qti] [--json]
    changes real files of every kind that is read, at random, and looks for one that is neither read nor refused, and for banks that say
    something else than their file, or are not the same when they are written and read again
`;

function usage(): never {
  process.stderr.write(USAGE);
  process.exit(2);
}

function parse() {
  try {
    return parseArgs({
      options: {
        rounds: { type: 'string', default: '2000' },
        seed: { type: 'string', default: '1' },
        kinds: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch {
    return usage();
  }
}

const values = parse();
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) usage();
const kinds = values.kinds?.split(',');
if (kinds?.some((kind) => !(kind in READERS))) usage();
const seeds = [...(await ownSeeds()), ...sharedSeeds()].filter(({ kind }) => kinds?.includes(kind) ?? true);
const report = await fuzz({
  ...{ rounds, seed, seeds },
  onRound: (round) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${round} of ${rounds} files   `);
  },
});
const text = [
  `${rounds} files made of ${seeds.length}, of ${new Set(seeds.map(({ kind }) => kind)).size} kinds: ${report.read} read, ${report.refused} refused, ${report.faults.length} faults`,
  `the slowest took ${report.slowestMs} ms, the largest held ${report.mostMb} MB`,
  ...report.faults.map(({ round, kind, from, said }) => `FAULT  round ${round}, ${kind} from ${from}: ${said}`),
];
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${text.join('\n')}\n`);
process.exit(report.faults.length === 0 ? 0 : 1);
