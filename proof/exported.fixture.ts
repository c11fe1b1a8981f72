import { createPrivateKey, sign } from 'node:crypto';
import type { Batch, BatchHeader, ProofFile } from '../contract/records/batches.ts';
import type { ExamRecord } from '../contract/records/index.ts';
import { batchId, canonicalJson, generateSigningKey, keyId, openSigner } from './index.ts';
import type { JwsType } from './jws.ts';
import { batchOf, openTinyCenter, recordOf, type TinyCenter } from './proof.fixture.ts';

/** One morning: certified at six, sat from eight on, in a batch and logged a minute and two after it was handed in. */
export const MORNING = {
  issuedAt: '2026-12-01T06:00:00.000Z',
  startedAt: '2026-12-01T08:00:00.000Z',
  submittedAt: '2026-12-01T08:40:00.000Z',
  createdAt: '2026-12-01T08:41:00.000Z',
  loggedAt: '2026-12-01T08:42:00.000Z',
} as const;

/** What was sat that morning. */
export function satOf(
  n: number,
  changes: Partial<Record<keyof ExamRecord | 'learning' | 'time', unknown>> = {},
): ExamRecord {
  const { startedAt, submittedAt } = MORNING;
  const said = { format: 'exam-station/record@8', hosts: ['kiosk'], startedAt, submittedAt, activeMs: 2_390_000 };
  return recordOf(n, { ...said, ...changes });
}

export type Exported = { readonly file: ProofFile; readonly batch: Batch; readonly text: string };
export type Wish = {
  readonly header?: Partial<Record<keyof BatchHeader, unknown>>;
  /** The batch that it follows. */
  readonly after?: Exported;
  readonly issuedAt?: string;
  /** When it was logged; null where no center has. */
  readonly loggedAt?: string | null;
  /** Whether the file shows the log that it is in; it does. */
  readonly shows?: boolean;
};

/** A center and a station of its own that export what a test wants, true or false: whoever has their keys can. */
/** @param centerSecret of a center that there is, for whoever keeps another log under its key */
export function openForge(centerSecret = generateSigningKey()) {
  const stationSecret = generateSigningKey();
  const [center, signer] = [openTinyCenter(centerSecret), openSigner(stationSecret)];
  return {
    ...{ center, signer, centerSecret, stationSecret },
    key: center.signer.publicKey,
    async exports(
      records: readonly ExamRecord[],
      { header, after, issuedAt, loggedAt, shows = true }: Wish = {},
    ): Promise<Exported> {
      const followed = after ? { number: numberOf(after.batch) + 1, previous: batchId(after.batch) } : {};
      const batch = await batchOf(records, signer, { createdAt: MORNING.createdAt, ...followed, ...header });
      const receipt = loggedAt === null ? null : await center.receive(batch, loggedAt ?? MORNING.loggedAt);
      const certificate = center.certify(signer.publicKey, { issuedAt: issuedAt ?? MORNING.issuedAt });
      const file = { centerKey: center.signer.publicKey, certificate, batch, receipt };
      return shows ? inLog(center, file) : fileOf({ ...file, format: 'exam-station/proof@1' });
    },
  };
}

/** A file that shows the log of a center; of one that no center has logged there is nothing to show. */
export async function inLog(
  center: TinyCenter,
  { centerKey, certificate, batch, receipt }: Omit<ProofFile, 'format'>,
): Promise<Exported> {
  const file = { centerKey, certificate, batch };
  if (!receipt) return fileOf({ ...file, receipt, format: 'exam-station/proof@1' });
  const log = await center.show(certificate, receipt);
  return fileOf({ ...file, receipt, log, format: 'exam-station/proof@3', grants: [], keys: [], revocations: [] });
}

export const fileOf = (file: ProofFile): Exported => ({
  ...{ file, batch: file.batch },
  text: `${canonicalJson(file)}\n`,
});

const numberOf = ({ header }: Batch): number => JSON.parse(payloadIn(header)).number;
export const payloadIn = (jws: string): string => Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString();

/** Any text signed as a statement, also one that no signer of this program writes. */
export function signText(secret: Uint8Array, type: JwsType, text: string): string {
  const key = createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' });
  const head = { alg: 'EdDSA', kid: keyId(openSigner(secret).publicKey), typ: type };
  const body = [JSON.stringify(head), text].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${body}.${sign(null, Buffer.from(body), key).toString('base64url')}`;
}
