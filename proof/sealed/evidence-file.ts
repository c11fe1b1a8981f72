import { StationCertificate } from '../../contract/records/batches.ts';
import {
  EvidenceContent,
  EvidenceManifest,
  type EvidenceWish,
  MOST_EVIDENCE_BYTES,
} from '../../contract/records/evidence.ts';
import { ExchangeKey } from '../../contract/words/keys.ts';
import type { PictureOf } from '../../contract/words/picture-of.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { CenterKeys } from '../center-keys.ts';
import { sha256 } from '../hash.ts';
import { payloadOf, type Signer, verifyJws } from '../jws.ts';
import { verifyCertificate } from '../verify.ts';
import { parseWritten } from '../written-json.ts';
import { inspectorKeyFrom, keyForInspector } from './exchange.ts';
import { openContent, orRefuse, sealFile, unpackFile } from './sealed-file.ts';

/**
 * One picture of a sitting, sealed to the key of the inspector who asked for it. `certificate.jws` is the center's word for the
 * station, `manifest.jws` the station's for what it is: the center keeps the file, and can open none.
 */
const [CERTIFICATE, MANIFEST] = ['certificate.jws', 'manifest.jws'] as const;
const JWS_TYPE = 'exam-station/evidence';
/** Of a picture in base64. */
const MOST_CONTENT_BYTES = 4_100_000;

export type EvidencePicture = { readonly of: PictureOf; readonly jpeg: Uint8Array };
export type EvidenceOrigin = { readonly signer: Signer; readonly certificate: string };

/** @param wish as the center signed it */
export function sealEvidence(
  wish: { readonly jws: string; readonly says: EvidenceWish },
  { of, jpeg }: EvidencePicture,
  { signer, certificate }: EvidenceOrigin,
): Uint8Array {
  const { stationId, tenantId, sittingId, key } = wish.says;
  const content = { jpeg: Buffer.from(jpeg).toString('base64') };
  return sealFile(content, keyForInspector(key), ({ contentHash, ephemeral }) => {
    const manifest: EvidenceManifest = {
      ...{ format: 'exam-station/evidence@1', wish: sha256(wish.jws), stationId, tenantId, sittingId, key },
      ...{ of, picture: sha256(jpeg), contentHash, ephemeral: ExchangeKey.parse(ephemeral) },
    };
    return { [CERTIFICATE]: certificate, [MANIFEST]: signer.sign(JWS_TYPE, manifest) };
  });
}

export type ReadEvidence = {
  readonly certificate: string;
  readonly manifest: EvidenceManifest;
  /** Opens the picture. @throws Refusal `picture-unreadable` with another key, or where it is not the one that was signed */
  open(secret: Uint8Array): Uint8Array;
};

/**
 * What such a file says of itself, signed by the station of its certificate.
 * @param center keys of the center that has to vouch for the station; `undefined` where nobody gave one: then it is the word of
 * whoever has the key in the certificate
 * @throws Refusal `picture-unreadable` where it is no such file, `signature-invalid`
 */
export function readEvidence(bytes: Uint8Array, center: CenterKeys | undefined): ReadEvidence {
  const { statements, content } = orRefuse('picture-unreadable', () =>
    unpackFile(bytes, [CERTIFICATE, MANIFEST], MOST_EVIDENCE_BYTES),
  );
  const certificate = statements[CERTIFICATE];
  const { stationId, publicKey } = originOf(certificate, center);
  const signed = verifyJws(statements[MANIFEST], JWS_TYPE, publicKey);
  if (signed === undefined) throw new Refusal('signature-invalid', 'not signed by the station of its certificate');
  const manifest = orRefuse('picture-unreadable', () => EvidenceManifest.parse(signed));
  if (manifest.stationId !== stationId) throw new Refusal('signature-invalid', 'signed by another station');
  return {
    ...{ certificate, manifest },
    open: (secret) =>
      orRefuse('picture-unreadable', () => {
        const opened = openContent(content(), manifest, (half) => inspectorKeyFrom(half, secret), MOST_CONTENT_BYTES);
        const jpeg = Buffer.from(EvidenceContent.parse(opened).jpeg, 'base64');
        if (sha256(jpeg) !== manifest.picture) throw new Error('it holds another picture than was signed');
        return jpeg;
      }),
  };
}

function originOf(
  certificate: string,
  center: CenterKeys | undefined,
): Pick<StationCertificate, 'stationId' | 'publicKey'> {
  if (center) {
    const vouched = verifyCertificate(certificate, center);
    if (!vouched.ok) throw new Refusal(vouched.reason, vouched.detail);
    return vouched.certificate;
  }
  return orRefuse('picture-unreadable', () => StationCertificate.parse(parseWritten(payloadOf(certificate) ?? '')));
}
