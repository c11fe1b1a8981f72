/**
 * Checks certificates in a browser, without a network: what `proof/certificates/verify.ts` does, with nothing but what a browser
 * has. It goes into a page as the text of one function,
 * so it imports nothing and all of it is in there.
 */

/** What the page was given of its center when it was served. */
export type Pinned = {
  readonly root: string;
  /** Statements of the root: JWS `exam-station/center-key` and `exam-station/center-key-revocation`. */
  readonly keys: readonly string[];
  readonly revocations: readonly string[];
};

export type CheckedFacts = {
  readonly number: string;
  readonly name: string;
  readonly ending: string;
  readonly title: string;
  readonly firm: string;
  readonly passedAt: string;
  readonly expiresAt: string | null;
};
/** `unknown`: it is genuine, and nobody said whether it was revoked since. */
export type Checked =
  | { readonly ok: false; readonly why: 'unreadable' | 'forged' | 'key-revoked' | 'key-ended' | 'list-other' }
  | {
      readonly ok: true;
      readonly standing: 'valid' | 'unknown' | 'expired' | 'suspended' | 'revoked';
      readonly facts: CheckedFacts;
      readonly asOf?: string;
    };

type Json = { readonly [member: string]: unknown };
type Key = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly from?: string;
  readonly until?: string;
  revoked?: boolean;
};

type Entry = {
  readonly statusPurpose: string;
  readonly statusListIndex: string;
  readonly statusListCredential: string;
};

export function offlineChecker() {
  const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

  function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  }

  const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

  function fromBase58(text: string, length: number): Uint8Array<ArrayBuffer> {
    const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
    let value = 0n;
    for (const letter of text.slice(0, 100)) value = value * 58n + BigInt(letters.indexOf(letter));
    const hex = value
      .toString(16)
      .padStart(2 * length, '0')
      .slice(-2 * length);
    return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }

  const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

  /** RFC 8785, as far as there are numbers and texts that `JSON.stringify` writes as it does. */
  function canonical(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`).join(',')}}`;
  }

  async function isSigned(
    key: Uint8Array<ArrayBuffer>,
    signature: Uint8Array<ArrayBuffer>,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<boolean> {
    const imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
    return crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, bytes);
  }

  const keyIdOf = async (key: Uint8Array<ArrayBuffer>): Promise<string> => hexOf(await sha256(key)).slice(0, 16);

  /** What the root said in a statement of this kind; nothing where it did not. */
  async function saidByRoot(jws: string, type: string, root: Uint8Array<ArrayBuffer>): Promise<Json | undefined> {
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const expected = JSON.stringify({ alg: 'EdDSA', kid: await keyIdOf(root), typ: type });
    if (new TextDecoder().decode(fromBase64Url(header)) !== expected) return undefined;
    if (!(await isSigned(root, fromBase64Url(signature), utf8(`${header}.${payload}`)))) return undefined;
    return JSON.parse(new TextDecoder().decode(fromBase64Url(payload))) as Json;
  }

  /** Every key of the center, by its id. */
  async function keysOf({ root, keys, revocations }: Pinned, own: readonly string[]): Promise<Map<string, Key>> {
    const rootBytes = fromBase64Url(root);
    const known = new Map<string, Key>();
    for (const jws of [...keys, ...own]) {
      const said = await saidByRoot(jws, 'exam-station/center-key', rootBytes);
      if (!said) continue;
      const bytes = fromBase64Url(String(said.publicKey));
      known.set(await keyIdOf(bytes), { bytes, from: String(said.from), until: String(said.until) });
    }
    for (const jws of revocations) {
      const said = await saidByRoot(jws, 'exam-station/center-key-revocation', rootBytes);
      const key = said && known.get(await keyIdOf(fromBase64Url(String(said.publicKey))));
      if (key) key.revoked = true;
    }
    known.set(await keyIdOf(rootBytes), { bytes: rootBytes });
    return known;
  }

  function whyNotThen({ from, until, revoked }: Key, at: string): 'key-revoked' | 'key-ended' | undefined {
    if (revoked) return 'key-revoked';
    return (from !== undefined && at < from) || (until !== undefined && at >= until) ? 'key-ended' : undefined;
  }

  /** What a document with a proof says, where a key of the center signed it; else why not. */
  async function signedDocument(
    text: string,
    pinned: Pinned,
    type: string,
  ): Promise<Json | 'unreadable' | 'forged' | 'key-revoked' | 'key-ended'> {
    let document: Json;
    try {
      document = JSON.parse(text) as Json;
    } catch {
      return 'unreadable';
    }
    // A member that stands there twice could be read in two ways.
    const ways = [canonical(document), JSON.stringify(document), JSON.stringify(document, undefined, 2)];
    if (!ways.includes(text.trim()) || !(document.type as readonly string[] | undefined)?.includes?.(type))
      return 'unreadable';
    const { proof, ...unsigned } = document as { readonly proof: Json };
    const { proofValue, ...options } = proof;
    const issuer = (document as { readonly issuer: Json }).issuer;
    const did = String(issuer.id);
    const method = did.slice('did:key:'.length);
    const key = fromBase58(method.slice(1), 34).slice(2);
    const known = (await keysOf(pinned, issuer.keyStatement ? [String(issuer.keyStatement)] : [])).get(
      await keyIdOf(key),
    );
    if (!known || options.verificationMethod !== `${did}#${method}` || options.cryptosuite !== 'eddsa-jcs-2022')
      return 'forged';
    if (canonical(options['@context']) !== canonical(document['@context'])) return 'forged';
    const digests = new Uint8Array(64);
    digests.set(await sha256(utf8(canonical(options))), 0);
    digests.set(await sha256(utf8(canonical(unsigned))), 32);
    if (!(await isSigned(known.bytes, fromBase58(String(proofValue).slice(1), 64), digests))) return 'forged';
    return whyNotThen(known, String(options.created)) ?? document;
  }

  async function isBitSet(encoded: string, at: number): Promise<boolean> {
    const packed = new Blob([fromBase64Url(encoded.slice(1))]).stream().pipeThrough(new DecompressionStream('gzip'));
    const bits = new Uint8Array(await new Response(packed).arrayBuffer());
    return ((bits[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0;
  }

  /** @param lists status lists as the center serves them; without them nobody knows whether it was revoked */
  async function checkCertificate(
    text: string,
    lists: readonly string[],
    pinned: Pinned,
    now: string,
  ): Promise<Checked> {
    const certificate = await signedDocument(text, pinned, 'OpenBadgeCredential');
    if (typeof certificate === 'string') return { ok: false, why: certificate };
    const entries = certificate.credentialStatus as readonly Entry[];
    const dates: string[] = [];
    const [seen, set] = [new Set<string>(), new Set<string>()];
    for (const list of lists) {
      const said = await signedDocument(list, pinned, 'BitstringStatusListCredential');
      if (typeof said === 'string') return { ok: false, why: said };
      const subject = said.credentialSubject as Json;
      const entry = entries.find(
        (one) => one.statusListCredential === said.id && one.statusPurpose === subject.statusPurpose,
      );
      if (!entry) return { ok: false, why: 'list-other' };
      if (await isBitSet(String(subject.encodedList), Number(entry.statusListIndex))) set.add(entry.statusPurpose);
      // An old list says nothing of what was not revoked then.
      if (String(said.validUntil) > now) seen.add(entry.statusPurpose);
      dates.push(String(said.validFrom));
    }
    const facts = factsIn(certificate);
    const asOf = dates.sort()[0];
    const full = entries.every(({ statusPurpose }) => seen.has(statusPurpose));
    const standing = standingOf(facts.expiresAt, set, full, now);
    return { ok: true, standing, facts, ...(asOf ? { asOf } : {}) };
  }

  function standingOf(expiresAt: string | null, set: ReadonlySet<string>, full: boolean, now: string) {
    if (set.has('revocation')) return 'revoked';
    if (expiresAt !== null && expiresAt <= now) return 'expired';
    if (set.has('suspension')) return 'suspended';
    return full ? 'valid' : 'unknown';
  }

  function factsIn(certificate: Json): CheckedFacts {
    const { identifier, achievement } = certificate.credentialSubject as {
      readonly identifier: readonly { readonly identityHash: string }[];
      readonly achievement: { readonly name: string; readonly creator: { readonly name: string } };
    };
    return {
      ...{ number: String(certificate.id).slice(-16), title: achievement.name, firm: achievement.creator.name },
      ...{ name: identifier[0]?.identityHash ?? '', ending: identifier[1]?.identityHash ?? '' },
      ...{
        passedAt: String(certificate.awardedDate),
        expiresAt: (certificate.validUntil as string | undefined) ?? null,
      },
    };
  }

  /** What the QR code of a certificate says: `proof/certificates/code.ts` has its bytes. */
  async function checkCode(code: string, pinned: Pinned, now: string): Promise<Checked> {
    const body = code.trim().match(/(?:^|#)EXC1:([A-Za-z0-9_-]+)$/)?.[1];
    const bytes = body ? fromBase64Url(body) : new Uint8Array();
    const packed = bytes.slice(0, -64);
    if (packed.length < 34 || packed[0] !== 1) return { ok: false, why: 'unreadable' };
    const view = new DataView(packed.buffer);
    const time = (at: number): string => new Date(view.getUint16(at) * 2 ** 32 + view.getUint32(at + 2)).toISOString();
    const key = (await keysOf(pinned, [])).get(hexOf(packed.slice(19, 27)));
    const mark = utf8('exam-station/certificate-code@1\n');
    const signed = new Uint8Array(mark.length + packed.length);
    signed.set(mark, 0);
    signed.set(packed, mark.length);
    if (!key || !(await isSigned(key.bytes, bytes.slice(-64), signed))) return { ok: false, why: 'forged' };
    const why = whyNotThen(key, time(1));
    if (why) return { ok: false, why };
    const texts: string[] = [];
    for (let at = 27; at < packed.length; at += 1 + (packed[at] ?? 0))
      texts.push(new TextDecoder().decode(packed.slice(at + 1, at + 1 + (packed[at] ?? 0))));
    const [number = '', name = '', ending = '', , title = '', , firm = ''] = texts;
    const expiresAt = packed.slice(13, 19).some((byte) => byte !== 0) ? time(13) : null;
    const facts = { number, name, ending, title, firm, passedAt: time(7), expiresAt };
    return { ok: true, standing: standingOf(expiresAt, new Set(), false, now), facts };
  }

  return { checkCertificate, checkCode };
}
export type OfflineChecker = ReturnType<typeof offlineChecker>;
