import { BatchHeader, type ProofFile, StationCertificate, TreeHead } from '../contract/records/batches.ts';
import { CenterKeyRevocation, CenterKeyStatement } from '../contract/records/center-keys.ts';
import { Grant } from '../contract/records/grants.ts';
import { payloadOf } from './jws.ts';
import { keysByKind } from './keys-by-kind.ts';
import { no, type Rejection } from './verdict.ts';
import { parseWritten } from './written-json.ts';

/** What each may say. A station and a center pass over what a newer one says besides; a proof that is read by half proves half. */
const MEMBERS = {
  certificate: Object.keys(StationCertificate.unwrap().shape),
  header: Object.keys(BatchHeader.unwrap().shape),
  grant: Object.keys(Grant.unwrap().shape),
  'statement of a key': Object.keys(CenterKeyStatement.unwrap().shape),
  'revocation of a key': Object.keys(CenterKeyRevocation.unwrap().shape),
  'tree head': Object.keys(TreeHead.unwrap().shape),
} as const;
type Statement = keyof typeof MEMBERS;

/** Why something that was signed could be read in more than one way: it says something twice, or what this program does not know. */
export function whyUnclear(file: ProofFile): Rejection | undefined {
  const { certificates, statements, others } = keysByKind(file);
  if (others.length > 0)
    return no('statement-unclear', 'there is a statement under keys of a kind that this program does not know');
  const { certificate, batch, receipt } = file;
  const grants = 'grants' in file ? file.grants : [];
  const revocations = 'revocations' in file ? file.revocations : [];
  const all: readonly (readonly [Statement, string])[] = [
    ['certificate', certificate],
    ...certificates.map((key) => ['certificate', key] as const),
    ...statements.map((key) => ['statement of a key', key] as const),
    ...revocations.map((one) => ['revocation of a key', one] as const),
    ['header', batch.header],
    ...grants.map((grant) => ['grant', grant] as const),
    ...(receipt ? [['tree head', receipt.treeHead] as const] : []),
  ];
  for (const [statement, jws] of all) {
    const why = whyOneIsUnclear(statement, payloadOf(jws) ?? '');
    if (why) return why;
  }
  return undefined;
}

function whyOneIsUnclear(statement: Statement, text: string): Rejection | undefined {
  const value = parseWritten(text);
  if (typeof value !== 'object' || value === null)
    return no('statement-unclear', `the ${statement} is not written as what is signed is written`);
  const known: readonly string[] = MEMBERS[statement];
  const unknown = Object.keys(value).find((member) => !known.includes(member));
  return unknown === undefined
    ? undefined
    : no('statement-unclear', `the ${statement} says ${JSON.stringify(unknown)}, which this program does not know`);
}
