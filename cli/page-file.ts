import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type PageFile = {
  readonly url: string;
  /** With its folder. */
  remove(): void;
};

/**
 * A page that leads to an address which nobody else may know: what a browser is started with, every user of the machine can
 * read. Only this user can read the file.
 */
export function openPageFile(folder: string, address: string): PageFile {
  mkdirSync(folder, { recursive: true });
  // Made with mode 0700.
  const own = mkdtempSync(join(folder, 'page-'));
  const path = join(own, 'station.html');
  const target = JSON.stringify(address).replaceAll('<', '\\u003c');
  writeFileSync(path, `<!doctype html><meta charset="utf-8"><script>location.replace(${target})</script>\n`, {
    mode: 0o600,
  });
  return {
    url: pathToFileURL(path).href,
    remove: () => rmSync(own, { recursive: true, force: true }),
  };
}
