import { z } from 'zod';
import { CertificateFacts } from '../../contract/records/certificates.ts';
import { type Instant, Instant as InstantSchema } from '../../contract/words/ids.ts';
import { keyId, type Signer } from '../jws.ts';

/**
 * What the QR code of a certificate says, signed, in as few bytes as can be: it is checked where there is no network. The bytes,
 * frozen: version `01`; when it was signed, passed and expires (milliseconds since 1970 in 6 bytes each, 0 for never); the id of the
 * key (8); then number, name, ending, exam, both titles and firm, each with its length in a byte before it. The Ed25519 signature is
 * over `exam-station/certificate-code@1`, a line feed and these bytes.
 */
const TYPE = 'exam-station/certificate-code@1';
const MARK = 'EXC1:';
const [VERSION, KEY_AT, TEXTS_AT, SIGNATURE] = [1, 19, 27, 64];

const CodeFacts = CertificateFacts.unwrap()
  .pick({
    number: true,
    name: true,
    ending: true,
    examId: true,
    title: true,
    firm: true,
    passedAt: true,
    expiresAt: true,
  })
  .extend({ signedAt: InstantSchema, keyId: z.string().regex(/^[0-9a-f]{16}$/) })
  .readonly();
export type CodeFacts = z.infer<typeof CodeFacts>;

export type OpenedCode = { readonly facts: CodeFacts; readonly packed: Uint8Array; readonly signature: Uint8Array };

/**
 * @param id of the certificate: behind an address the code stands where no browser sends it to anybody
 */
export function certificateCode(id: string, facts: CertificateFacts, signer: Signer, now: Instant): string {
  const packed = pack({ ...facts, signedAt: now, keyId: keyId(signer.publicKey) });
  const body = Buffer.concat([packed, signer.signPacked(TYPE, packed)]).toString('base64url');
  return id.startsWith('urn:') ? `${MARK}${body}` : `${id}#${MARK}${body}`;
}

/** What a code says, before anybody has checked who signed it. @returns nothing where it is none */
export function openCertificateCode(code: string): OpenedCode | undefined {
  const body = code.trim().match(/(?:^|#)EXC1:([A-Za-z0-9_-]+)$/)?.[1];
  const bytes = body && Buffer.from(body, 'base64url');
  if (!bytes || bytes.toString('base64url') !== body || bytes.length < TEXTS_AT + SIGNATURE) return undefined;
  const packed = bytes.subarray(0, -SIGNATURE);
  const facts = unpack(packed);
  return facts && { facts, packed, signature: bytes.subarray(-SIGNATURE) };
}

/** Titles and names are cut to what a length in one byte can say. */
const MOST = 240;

function pack({ signedAt, passedAt, expiresAt, keyId: kid, ...facts }: CodeFacts): Buffer {
  const head = Buffer.alloc(TEXTS_AT);
  head[0] = VERSION;
  for (const [at, time] of [signedAt, passedAt, expiresAt].entries())
    head.writeUIntBE(time === null ? 0 : Date.parse(time), 1 + 6 * at, 6);
  head.write(kid, KEY_AT, 'hex');
  const { number, name, ending, examId, title, firm } = facts;
  const texts = [number, name, ending, examId, title.zh, title.en ?? '', firm];
  return Buffer.concat([head, ...texts.map(packText)]);
}

function packText(text: string): Buffer {
  let kept = text;
  while (Buffer.byteLength(kept) > MOST) kept = [...kept].slice(0, -1).join('');
  return Buffer.concat([Buffer.of(Buffer.byteLength(kept)), Buffer.from(kept)]);
}

function unpack(bytes: Buffer): CodeFacts | undefined {
  if (bytes[0] !== VERSION) return undefined;
  const time = (at: number) => new Date(bytes.readUIntBE(1 + 6 * at, 6));
  const texts: string[] = [];
  for (let at = TEXTS_AT; at < bytes.length; at += 1 + (bytes[at] ?? 0))
    texts.push(bytes.toString('utf8', at + 1, at + 1 + (bytes[at] ?? 0)));
  const [number, name, ending, examId, zh, en, firm, ...more] = texts;
  const [signedAt, passedAt, expiresAt] = [time(0), time(1), time(2)];
  const dates = [signedAt, passedAt, expiresAt];
  if (more.length > 0 || dates.some((date) => Number.isNaN(date.getTime()))) return undefined;
  const { data } = CodeFacts.safeParse({
    ...{ number, name, ending, examId, title: en ? { zh, en } : { zh }, firm },
    ...{ signedAt: signedAt.toISOString(), passedAt: passedAt.toISOString() },
    expiresAt: expiresAt.getTime() === 0 ? null : expiresAt.toISOString(),
    keyId: bytes.toString('hex', KEY_AT, TEXTS_AT),
  });
  return data && pack(data).equals(bytes) ? data : undefined;
}
