import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closureOf, type InstalledPackage } from './closure.ts';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * The licences of everything that is packed, one file that names each package, its version and its terms. Electron's and
 * Chromium's own lie beside the program, as Electron ships them.
 * @param names packages that are bundled or taken along
 * @returns the packages for which no text was found, to be looked at by a person
 */
export function writeLicences(names: readonly string[], root: string, folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const packages = closureOf(names, root);
  const texts = packages.map((one) => ({ one, text: licenceText(one) }));
  const list = texts.map(({ one, text }) => `${headline(one)}\n\n${text ?? `Licence: ${one.licence}`}\n`);
  writeFileSync(join(folder, 'THIRD-PARTY.txt'), list.join(`\n${'='.repeat(100)}\n\n`));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE.txt'));
  copyFileSync(join(root, 'models/CARDS.md'), join(folder, 'MODELS.md'));
  return texts.flatMap(({ one, text }) => (text === undefined ? [`${one.name} (${one.licence})`] : []));
}

const headline = ({ name, version, licence }: InstalledPackage): string => `${name} ${version} (${licence})`;

function licenceText({ folder }: InstalledPackage): string | undefined {
  const file = readdirSync(folder).find((name) => LICENCE_FILE.test(name));
  const path = file && join(folder, file);
  return path && existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}
