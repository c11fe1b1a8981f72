import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { generateSigningKey, openSigner, type Signer } from '../../proof/index.ts';

/** A new key that updates are signed with, in a file that only its owner may read. @throws Error where the file is there */
export function makeKeyFile(path: string): Signer {
  const der = generateSigningKey();
  const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  writeFileSync(path, key.export({ format: 'pem', type: 'pkcs8' }), { flag: 'wx', mode: 0o600 });
  return openSigner(der);
}

/** @throws Error where it is no Ed25519 private key in PEM */
export function signerFrom(path: string): Signer {
  const key = privateKeyIn(readFileSync(path));
  if (key?.asymmetricKeyType !== 'ed25519') throw new Error(`${path} is no Ed25519 private key in PEM: see update key`);
  return openSigner(key.export({ format: 'der', type: 'pkcs8' }));
}

function privateKeyIn(pem: Buffer) {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
