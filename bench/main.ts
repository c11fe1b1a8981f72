import { parseArgs } from 'node:util';
import { benchFace, type FaceBench, type StageCost } from './face.ts';

/** `npm run -s bench -- face [--rounds N] [--json]`: ratios of one run on this machine, never a pass or a fail. */
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
if (positionals.join() !== 'face' || !Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write('npm run -s bench -- face [--rounds N] [--json]\n');
  process.exit(2);
}

const ms = (value: number | undefined): string => (value?.toFixed(2) ?? '–').padStart(9);
const row = ([stage, { ours, bound, peers, ratios }]: [string, StageCost]): string =>
  [
    stage.padEnd(16),
    ...[ours, bound, peers.opencv, peers.human].map((timing) => ms(timing?.medianMs)),
    ...[ratios.bound, ratios.opencv, ratios.human].map(ms),
  ].join(' ');

function inWords({ input, rounds, threads, peers, unloadable }: FaceBench): string {
  const head = [
    'stage'.padEnd(16),
    ...['ours', 'bare', 'opencv', 'human', '/bare', '/opencv', '/human'].map((t) => t.padStart(9)),
  ];
  const tables = Object.entries(threads).map(([count, stages]) =>
    [
      `${count} thread(s), medians in ms, ratios below 1 are faster`,
      head.join(' '),
      ...Object.entries(stages).map(row),
    ].join('\n'),
  );
  const notes = [
    ...Object.entries(peers),
    ...Object.entries(unloadable).map(([graph, why]) => [`opencv cannot run ${graph}`, why]),
  ];
  return `${[`${input}, ${rounds} rounds`, ...tables, notes.map((note) => note.join(': ')).join('\n')].join('\n\n')}\n`;
}

try {
  const result = await benchFace(rounds);
  process.stdout.write(values.json ? `${JSON.stringify({ ok: true, ...result }, null, 2)}\n` : inWords(result));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
