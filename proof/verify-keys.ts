import { type ProofFile, StationCertificate } from '../contract/records/batches.ts';
import { payloadOf, verifyJws } from './jws.ts';
import { no, type Verified } from './verdict.ts';
import { parseWritten } from './written-json.ts';

/** The keys that a station had before the one that a file is signed with, as the center vouched for each. */
export function formerKeysIn(
  file: ProofFile,
  present: StationCertificate,
): Verified<{ former: readonly StationCertificate[] }> {
  const former: StationCertificate[] = [];
  for (const jws of 'keys' in file ? file.keys : []) {
    const { data } = StationCertificate.safeParse(verifyJws(jws, 'exam-station/certificate', file.centerKey));
    if (!data) return no('signature-invalid', 'a former key of the station is not certified by the center key');
    if (data.stationId !== present.stationId || data.tenantId !== present.tenantId)
      return no('batch-invalid', 'a former key in the file is of another station');
    if ([present, ...former].some(({ publicKey }) => publicKey === data.publicKey) || data.issuedAt > present.issuedAt)
      return no('batch-invalid', 'a key in the file is no former one of the station');
    former.push(data);
  }
  return { ok: true, former };
}

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
