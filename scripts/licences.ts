import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

/**
 * `npm run -s licences`: under which licence each package of the lock file is, held against those that a program under
 * Apache-2.0 may be shipped or built with; and what the registry knows against the packages that are shipped, where it answers.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  ...[
    'MIT',
    'MIT-0',
    'Zlib',
    'ISC',
    '0BSD',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'CC0-1.0',
    'WTFPL',
    'Python-2.0',
  ],
  // Letters; files of their own that nobody changes here.
  ...['OFL-1.1', 'MPL-2.0'],
  // libvips, a library of its own beside sharp, which whoever likes can replace.
  'LGPL-3.0-or-later',
]);
/** Packages whose lock entry names none, looked at by hand. */
const LOOKED_AT: Readonly<Record<string, string>> = {
  ...{ rulr: 'MIT', 'png-js': 'MIT' },
  // Of a store that tests are run against.
  ...{ busboy: 'MIT', streamsearch: 'MIT', 'humanize-number': 'MIT' },
};

const root = resolve(import.meta.dirname, '..');
const Lock = z.object({
  packages: z.record(z.string(), z.object({ license: z.string().optional(), link: z.boolean().optional() })),
});

/** All of `A AND B`, any of `A OR B`. */
const isAllowed = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((one) => ALLOWED.has(one)));

function licences(): ReadonlyMap<string, readonly string[]> {
  const { packages } = Lock.parse(JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8')));
  const found = Object.entries(packages).flatMap(([path, { license, link }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    return path.includes('node_modules/') && !link ? [{ name, licence: license ?? LOOKED_AT[name] ?? 'none' }] : [];
  });
  const of = Map.groupBy(found, ({ licence }) => licence);
  return new Map([...of].map(([licence, all]) => [licence, [...new Set(all.map(({ name }) => name))].toSorted()]));
}

const ANSWER_MS = 30_000;
const Audit = z.object({ metadata: z.object({ vulnerabilities: z.record(z.string(), z.int()) }) });

/** How many advisories there are by severity; nothing where the registry does not say. */
function advisories(): Readonly<Record<string, number>> | undefined {
  const args = ['audit', '--omit=dev', '--json'];
  const { stdout } = spawnSync('npm', args, { cwd: root, encoding: 'utf8', timeout: ANSWER_MS });
  try {
    return Audit.parse(JSON.parse(stdout)).metadata.vulnerabilities;
  } catch {
    return undefined;
  }
}

const { report } = parseArgs({ options: { report: { type: 'string' } } }).values;
const found = licences();
const bad = [...found].filter(([licence]) => !isAllowed(licence));
for (const [licence, names] of [...found].toSorted(([, a], [, b]) => b.length - a.length))
  process.stdout.write(`${isAllowed(licence) ? 'ok ' : 'NO '} ${String(names.length).padStart(4)}  ${licence}\n`);
for (const [licence, names] of bad) process.stdout.write(`not allowed: ${licence}: ${names.join(', ')}\n`);
const known = advisories();
const grave = (known?.high ?? 0) + (known?.critical ?? 0);
process.stdout.write(
  known
    ? `advisories: ${Object.entries(known)
        .map(([severity, count]) => `${count} ${severity}`)
        .join(', ')}\n`
    : 'advisories: the registry does not say\n',
);
if (report !== undefined) writeFileSync(report, JSON.stringify({ advisories: known !== undefined }));
process.exitCode = bad.length === 0 && grave === 0 ? 0 : 1;
