import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const Names = z.record(z.string(), z.string()).optional();
const Manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.unknown().optional(),
  dependencies: Names,
  optionalDependencies: Names,
});

/** A package as it lies in node_modules. */
export type InstalledPackage = {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly licence: string;
};

/**
 * These packages and all they need, each once. What is optional and not installed here (another system's machine code) is
 * left out.
 * @param root folder that holds node_modules
 * @throws Error naming a package that is needed and not installed
 */
export function closureOf(names: readonly string[], root: string): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const visit = (name: string, from: string, optional: boolean): void => {
    const folder = locate(name, from);
    if (!folder && optional) return;
    if (!folder) throw new Error(`${name} is needed by ${from} and not installed: npm ci`);
    if (found.has(folder)) return;
    const manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
    const { version, license } = manifest;
    found.set(folder, { name, version, folder, licence: typeof license === 'string' ? license : 'see its files' });
    const maybe = manifest.optionalDependencies ?? {};
    for (const needed of Object.keys(manifest.dependencies ?? {})) visit(needed, folder, needed in maybe);
    for (const wished of Object.keys(maybe)) visit(wished, folder, true);
  };
  for (const name of names) visit(name, root, false);
  return [...found.values()].sort((p, q) => (p.folder < q.folder ? -1 : 1));
}

/** As Node looks for a package: in each node_modules on the way up. */
function locate(name: string, from: string): string | undefined {
  for (let at = from; ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name);
    if (existsSync(join(folder, 'package.json'))) return realpathSync(folder);
    if (at === dirname(at)) return undefined;
  }
}
