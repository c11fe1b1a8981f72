import { BatchHeader, type ProofFile, StationCertificate, TreeHead } from '../contract/records/batches.ts';
import { Grant } from '../contract/records/grants.ts';
import { payloadOf } from './jws.ts';
import { no, type Rejection } from './verdict.ts';
import { parseWritten } from './written-json.ts';

/** What each may say. A station and a center pass over what a newer one says besides; a proof that is read by half proves half. */
const MEMBERS = {
  certificate: Object.keys(StationCertificate.unwrap().shape),
  header: Object.keys(BatchHeader.unwrap().shape),
  grant: Object.keys(Grant.unwrap().shape),
  'tree head': Object.keys(TreeHead.unwrap().shape),
} as const;
type Statement = keyof typeof MEMBERS;

/** Why something that was signed could be read in more than one way: it says something twice, or what this program does not know. */
export function whyUnclear({ certificate, batch, receipt, ...more }: ProofFile): Rejection | undefined {
  // Nothing here verifies what is said of a key later; to pass over that one was revoked would prove too much.
  if ('log' in more && more.revocations.length > 0)
    return no('statement-unclear', 'there are statements under revocations, which this program does not verify');
  const grants = 'grants' in more ? more.grants : [];
  const keys = 'keys' in more ? more.keys : [];
  const statements: readonly (readonly [Statement, string])[] = [
    ['certificate', certificate],
    ...keys.map((key) => ['certificate', key] as const),
    ['header', batch.header],
    ...grants.map((grant) => ['grant', grant] as const),
    ...(receipt ? [['tree head', receipt.treeHead] as const] : []),
  ];
  for (const [statement, jws] of statements) {
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
