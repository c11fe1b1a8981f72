import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PublicKey } from '../../contract/words/keys.ts';
import { generateSigningKey, openSigner } from '../jws.ts';
import { exchangeKeyOf, exchangeSecretOf, keyFor, keyFrom } from './exchange.ts';

/** libsodium, test/default/ed25519_convert.c and .exp. */
const VECTOR = {
  seed: '421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee',
  exchangePublic: 'f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50',
  exchangeSecret: '8052030376d47112be7f73ed7a019293dd12ad910b654455798b4667d73de166',
};
const pkcs8 = Buffer.from(`302e020100300506032b657004220420${VECTOR.seed}`, 'hex');

describe('the key of an exchange', () => {
  it('is the one libsodium makes of the same signing key', () => {
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const own = PublicKey.parse(createPublicKey(key).export({ format: 'jwk' }).x);
    expect(exchangeKeyOf(own).toString('hex')).toBe(VECTOR.exchangePublic);
    expect(exchangeSecretOf(pkcs8).toString('hex')).toBe(VECTOR.exchangeSecret);
  });

  it('is found again by its owner, and by nobody else', () => {
    for (let n = 0; n < 20; n++) {
      const [mine, theirs] = [generateSigningKey(), generateSigningKey()];
      const { key, ephemeral } = keyFor(openSigner(mine).publicKey);
      expect(keyFrom(ephemeral, mine, openSigner(mine).publicKey)).toEqual(key);
      expect(keyFrom(ephemeral, theirs, openSigner(theirs).publicKey)).not.toEqual(key);
    }
  });
});
