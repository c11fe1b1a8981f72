import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { writeSecretFile } from '../base/index.ts';
import { type Certificate, readCertificate } from './certificate.ts';
import { keepCertificate, type TlsKeeper } from './keeper.ts';
import { makeOwnCertificate } from './own-certificate.ts';

/** In the data folder of the center, for its own user's eyes only: the certificate and its key. */
export const OWN_FILE = 'tls.pem';

const DAY_MS = 86_400_000;
/** Browsers take none for longer than 398 days. A clock that is behind must not make it one of tomorrow. */
const [DAYS, DAYS_BEFORE, RENEWED_DAYS_BEFORE] = [365, 1, 30];
const LOOK_MS = DAY_MS / 2;

export type OwnParts = {
  readonly data: string;
  /** Whom people read it is of. */
  readonly name: string;
  readonly now: () => Date;
};

/** A certificate that the center makes itself, and makes anew before it ends. @throws Error where it cannot be written */
export async function keepOwn(parts: OwnParts, onTrouble: (error: unknown) => void): Promise<TlsKeeper> {
  const there = await readIfThere(parts);
  const first = there && !isDue(there, parts.now()) ? there : await make(parts);
  const renew = async (current: Certificate) => (isDue(current, parts.now()) ? make(parts) : undefined);
  return keepCertificate(first, LOOK_MS, renew, onTrouble);
}

const isDue = ({ until }: Certificate, now: Date): boolean =>
  until.getTime() - now.getTime() < RENEWED_DAYS_BEFORE * DAY_MS;

async function make({ data, name, now }: OwnParts): Promise<Certificate> {
  const at = now().getTime();
  const [from, until] = [new Date(at - DAYS_BEFORE * DAY_MS), new Date(at + DAYS * DAY_MS)];
  const pem = makeOwnCertificate({ name, hosts: hostsHere(), from, until });
  await writeSecretFile(join(data, OWN_FILE), pem);
  return readCertificate(pem, pem);
}

/** What is not readable any more is made anew: the center's key vouches for whatever is shown. */
async function readIfThere({ data }: OwnParts): Promise<Certificate | undefined> {
  try {
    const pem = await readFile(join(data, OWN_FILE), 'utf8');
    return readCertificate(pem, pem);
  } catch {
    return undefined;
  }
}

function hostsHere(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ family }) => family === 'IPv4').map(({ address }) => address),
  );
  const names = ['localhost', hostname()].filter((name) => /^[a-z\d]([a-z\d.-]{0,61}[a-z\d])?$/i.test(name));
  return [...new Set([...names, '127.0.0.1', ...addresses])];
}
