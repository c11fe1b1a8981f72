import { readFile } from 'node:fs/promises';
import { type Certificate, readCertificate } from './certificate.ts';
import { keepCertificate, type TlsKeeper } from './keeper.ts';

/** As PEM; the certificate with those that vouch for it. */
export type TlsFiles = { readonly cert: string; readonly key: string };

/** Whoever renews a certificate replaces links as often as files, so they are read and not watched. */
const LOOK_MS = 10_000;

/**
 * A certificate that somebody else renews.
 * @throws Error naming the files, where they hold none at the start
 */
export async function keepFromFiles(files: TlsFiles, onTrouble: (error: unknown) => void): Promise<TlsKeeper> {
  let told = '';
  return keepCertificate(
    await read(files),
    LOOK_MS,
    (current) => readChanged(files, current),
    (error) => {
      // The two are seldom replaced at the very same moment; what stays wrong is told once.
      if (String(error) !== told) onTrouble(error);
      told = String(error);
    },
  );
}

async function readChanged(files: TlsFiles, { chain, key }: Certificate): Promise<Certificate | undefined> {
  const [newChain, newKey] = await Promise.all([readFile(files.cert, 'utf8'), readFile(files.key, 'utf8')]);
  return newChain === chain && newKey === key ? undefined : named(files, () => readCertificate(newChain, newKey));
}

async function read(files: TlsFiles): Promise<Certificate> {
  const [chain, key] = await Promise.all([readFile(files.cert, 'utf8'), readFile(files.key, 'utf8')]);
  return named(files, () => readCertificate(chain, key));
}

function named({ cert, key }: TlsFiles, work: () => Certificate): Certificate {
  try {
    return work();
  } catch (error) {
    throw new Error(`${cert}, ${key}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
