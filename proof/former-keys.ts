import { type ProofFile, StationCertificate } from '../contract/records/batches.ts';
import { type CenterKeys, inWordsOf, signedByCenter } from './center-keys.ts';
import { payloadOf, verifyJws } from './jws.ts';
import { keysByKind } from './keys-by-kind.ts';
import { no, type Verified } from './verdict.ts';
import { parseWritten } from './written-json.ts';

/**
 * The keys that a station had before the one that a file is signed with, as the center vouched for each. Where a key of the center
 * did so that was revoked since, it counts for nothing: whoever has that key writes any date, and no file shows where the log has it.
 */
export function formerKeysIn(
  file: ProofFile,
  present: StationCertificate,
  center: CenterKeys,
): Verified<{ former: readonly StationCertificate[] }> {
  const former: StationCertificate[] = [];
  for (const jws of keysByKind(file).certificates) {
    const read = signedByCenter(
      jws,
      'exam-station/certificate',
      StationCertificate,
      center,
      ({ issuedAt }) => issuedAt,
    );
    if (!read.ok) return inWordsOf(read, NOT_CERTIFIED);
    const { said: data, by } = read;
    if (data.stationId !== present.stationId || data.tenantId !== present.tenantId)
      return no('batch-invalid', 'a former key in the file is of another station');
    if ([present, ...former].some(({ publicKey }) => publicKey === data.publicKey) || data.issuedAt > present.issuedAt)
      return no('batch-invalid', 'a key in the file is no former one of the station');
    if (!by.revokedAt) former.push(data);
  }
  return { ok: true, former };
}

const NOT_CERTIFIED = no('signature-invalid', 'a former key of the station is not certified by the center key');

/**
 * Of the certificates of a station, the newest first: that of the key which signed a batch, and those from before it.
 * @returns nothing where none of these keys signed it
 */
export function certificatesOf(
  header: string,
  certificates: readonly string[],
): { readonly certificate: string; readonly former: readonly string[] } | undefined {
  const at = certificates.findIndex((jws) => {
    const { data } = StationCertificate.safeParse(parseWritten(payloadOf(jws) ?? ''));
    return data !== undefined && verifyJws(header, 'exam-station/batch', data.publicKey) !== undefined;
  });
  const certificate = certificates[at];
  return certificate === undefined ? undefined : { certificate, former: certificates.slice(at + 1) };
}
