import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyJws } from '../../../proof/index.ts';
import { openTinyCenter } from '../../../proof/proof.fixture.ts';
import { temporaryFolder } from '../../../tests/kit/folders.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { openIdentity } from './index.ts';

describe('the identity of a station', () => {
  it('is a key made here once, that signs', () => {
    const database = openDatabase(':memory:');
    const vault = openVault(randomBytes(32));
    const first = openIdentity(database, vault);
    const again = openIdentity(database, vault);
    expect(again.signer.publicKey).toBe(first.signer.publicKey);
    const jws = first.signer.sign('exam-station/request', { a: 1 });
    expect(verifyJws(jws, 'exam-station/request', again.signer.publicKey)).toEqual({ a: 1 });
  });

  it('is another on another station', () => {
    const publicKey = () => openIdentity(openDatabase(':memory:'), openVault(randomBytes(32))).signer.publicKey;
    expect(publicKey()).not.toBe(publicKey());
  });

  it('does not open with another vault key, and is not quietly made anew', () => {
    const database = openDatabase(':memory:');
    openIdentity(database, openVault(randomBytes(32)));
    expect(() => openIdentity(database, openVault(randomBytes(32)))).toThrow();
  });

  it('keeps what the center said when it enrolled', () => {
    const database = openDatabase(':memory:');
    const vault = openVault(randomBytes(32));
    const identity = openIdentity(database, vault);
    expect(identity.enrolment).toBeUndefined();
    const reply = openTinyCenter().enrol(identity.signer.publicKey);
    identity.saveEnrolment(reply);
    expect([identity.enrolment, openIdentity(database, vault).enrolment]).toEqual([reply, reply]);
  });

  it('leaves no private key in plain bytes on the disk', () => {
    const path = join(temporaryFolder(), 'station.db');
    const database = openDatabase(path);
    openIdentity(database, openVault(randomBytes(32)));
    const bytes = Buffer.concat([path, `${path}-wal`].map((file) => readFileSync(file)));
    database.close();
    // The start of every Ed25519 key in PKCS#8.
    expect(bytes.includes(Buffer.from('302e020100300506032b6570', 'hex'))).toBe(false);
  });
});
