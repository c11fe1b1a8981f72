import { parseArgs } from 'node:util';
import { noLab } from '../../cli/lab/kiosk-lab.ts';
import { isInstalled } from '../../scripts/debian.ts';
import { ensureKioskLab } from '../../scripts/ensure-kiosk-lab.ts';
import { type EscapesReport, GROUNDS, type Ground, tryEscapes } from './escapes.ts';

const PROGRAMS: Readonly<Record<Ground, readonly string[]>> = {
  openbox: ['openbox', 'xdotool', 'wmctrl'],
  cage: ['cage', 'Xwayland', 'xdotool'],
};

/** `npm run -s escapes -- --json`: tries to leave a locked kiosk in every way that a keyboard and a mouse have. */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const why = ensureKioskLab((line) => process.stderr.write(`${line}\n`)) ?? noLab();
if (why) {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
const notTried: string[] = [];
const reports: EscapesReport[] = [];
for (const under of GROUNDS) {
  const missing = PROGRAMS[under].filter((program) => !isInstalled(program));
  if (missing.length > 0) notTried.push(`under ${under}: ${missing.join(', ')} missing`);
  else
    reports.push(
      await tryEscapes({
        under,
        onAttempt(done, of, name) {
          if (process.stderr.isTTY) process.stderr.write(`\r${under} ${done} of ${of}: ${name}                    `);
        },
      }),
    );
}
const sum = (key: 'tried' | 'held'): number => reports.reduce((total, one) => total + one[key], 0);
const report = {
  tried: sum('tried'),
  held: sum('held'),
  escaped: reports.flatMap(({ escaped }) => escaped),
  cameBack: reports.flatMap(({ cameBack }) => cameBack),
  notTried,
};
const text = [
  `${report.tried} tried, ${report.held} held`,
  ...report.escaped.map(({ under, name, how }) => `ESCAPED under ${under}: ${name}: ${how}`),
  ...report.cameBack.map(({ under, name, afterMs }) => `came back after ${afterMs} ms under ${under}: ${name}`),
  ...notTried.map((what) => `not tried ${what}`),
];
process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : `${text.join('\n')}\n`);
process.exit(report.escaped.length === 0 && notTried.length === 0 ? 0 : 1);
