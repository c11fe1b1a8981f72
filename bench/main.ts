import { parseArgs } from 'node:util';
import { benchFace, type StageCost } from './face.ts';

/** `npm run -s bench -- face [--rounds N] [--json]`: ratios of one run on this machine, never a pass or a fail. */
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '100' }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
if (positionals.join() !== 'face' || !Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write('npm run -s bench -- face [--rounds N] [--json]\n');
  process.exit(2);
}

const ms = (value: number): string => `${value.toFixed(2).padStart(7)} ms`;
const row = (stage: string, { ours, bound, ratio }: StageCost): string =>
  `${stage.padEnd(16)} ${ms(ours.medianMs)}  ${bound ? ms(bound.medianMs) : '         –'}  ${ratio?.toFixed(2) ?? '–'}`;

try {
  const result = await benchFace(rounds);
  if (values.json) process.stdout.write(`${JSON.stringify({ ok: true, ...result }, null, 2)}\n`);
  else {
    const tables = Object.entries(result.threads).map(([threads, stages]) =>
      [
        `${threads} thread(s)`,
        'stage                 ours        bare   ratio',
        ...Object.entries(stages).map(([name, cost]) => row(name, cost)),
      ].join('\n'),
    );
    process.stdout.write(`${result.input}, ${result.rounds} rounds, medians\n\n${tables.join('\n\n')}\n`);
  }
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
