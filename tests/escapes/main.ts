import { parseArgs } from 'node:util';
import { noLab } from '../../cli/lab/kiosk-lab.ts';
import { ensureKioskLab } from '../../scripts/ensure-kiosk-lab.ts';
import { tryEscapes } from './escapes.ts';

/** `npm run -s escapes -- --json`: tries to leave a locked kiosk in every way that a keyboard and a mouse have. */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const why = ensureKioskLab((line) => process.stderr.write(`${line}\n`)) ?? noLab();
if (why) {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
const report = await tryEscapes({
  onAttempt(done, of, name) {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of}: ${name}                    `);
  },
});
const text = [
  `${report.tried} tried under ${report.under}, ${report.held} held`,
  ...report.escaped.map(({ name, how }) => `ESCAPED ${name}: ${how}`),
  ...report.cameBack.map(({ name, afterMs }) => `came back after ${afterMs} ms: ${name}`),
];
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${text.join('\n')}\n`);
process.exit(report.escaped.length === 0 ? 0 : 1);
