import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const sha = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();
const b64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');

/** The little CBOR that an authenticator writes: whole numbers, bytes, texts and maps. */
function cbor(value: unknown): Buffer {
  const head = (major: number, size: number) =>
    size < 24
      ? Buffer.from([(major << 5) | size])
      : size < 256
        ? Buffer.from([(major << 5) | 24, size])
        : Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  const entries = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, one]) => [cbor(key), cbor(one)])]);
}

const [PRESENT, VERIFIED, HAS_KEY] = [0x01, 0x04, 0x40];
type Lie = {
  readonly origin?: string;
  readonly site?: string;
  readonly unverified?: boolean;
  readonly challenge?: string;
};

/** What a device with a fingerprint reader does (WebAuthn, ES256, no attestation); `lie` is what a wrong one says. */
export function softwareAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const key = cbor(
    new Map<number, unknown>([
      ...([
        [1, 2],
        [3, -7],
        [-1, 1],
      ] as const),
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
  let counter = 0;
  const data = ({ site = new URL(origin).hostname, unverified }: Lie, flags: number): Buffer => {
    const head = Buffer.alloc(5);
    head[0] = PRESENT | (unverified ? 0 : VERIFIED) | flags;
    head.writeUInt32BE(++counter, 1);
    return Buffer.concat([sha(site), head]);
  };
  const client = (type: string, challenge: string, lie: Lie) =>
    Buffer.from(JSON.stringify({ type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? origin }));
  const credential = (response: object) => ({
    ...{ id: b64(id), rawId: b64(id), type: 'public-key', clientExtensionResults: {}, response },
  });
  return {
    id: b64(id),
    make({ challenge }: { readonly challenge: string }, lie: Lie = {}) {
      const size = Buffer.from([0, id.length]);
      const authData = Buffer.concat([data(lie, HAS_KEY), Buffer.alloc(16), size, id, key]);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]);
      return credential({
        clientDataJSON: b64(client('webauthn.create', challenge, lie)),
        ...{ attestationObject: b64(cbor(attestation)), transports: ['internal'] },
      });
    },
    answer({ challenge }: { readonly challenge: string }, lie: Lie = {}) {
      const [authData, said] = [data(lie, 0), client('webauthn.get', challenge, lie)];
      const signature = sign('sha256', Buffer.concat([authData, sha(said)]), privateKey);
      return credential({ authenticatorData: b64(authData), clientDataJSON: b64(said), signature: b64(signature) });
    },
  };
}
