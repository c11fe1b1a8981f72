import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Grant } from '../../contract/records/grants.ts';
import {
  Assignment,
  AssignmentStatement,
  paths,
  SignedAssignment,
  UNCHANGED,
  under,
} from '../../contract/station-center/center-api.ts';
import type { GrantId, Instant, Sha256 } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { assignmentRevision, type CenterKeys, sha256, signedByCenter } from '../../proof/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import { jsonIn } from './answer.ts';

type Parts = {
  readonly ask: (path: string, headers: Readonly<Record<string, string>>) => Promise<Response>;
  readonly identity: Pick<StationIdentity, 'enrolment'>;
  readonly centerNow: () => CenterKeys;
};

/** What the center said last, packed: a roster can be large. */
type Held = { readonly revision: Sha256; readonly packed: Buffer };

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/**
 * Asks for assignments; of one that is here already the center only has to say, in its name, that nothing has changed.
 * @returns the assignment as of now. It throws a Refusal `signature-invalid` where it is not signed for this station, or is of another firm
 */
export function openAssignments({ ask, identity, centerNow }: Parts): (grant?: Grant) => Promise<Assignment> {
  const held = new Map<GrantId | undefined, Held>();
  const signed = (jws: string, hash: Sha256): AssignmentStatement => {
    const read = signedByCenter(jws, 'exam-station/assignment', AssignmentStatement, centerNow(), undefined);
    if (!read.ok || read.said.hash !== hash || read.said.stationId !== identity.enrolment?.stationId)
      throw new Refusal('signature-invalid', 'the assignment is not signed by the center');
    return read.said;
  };
  const whole = async (response: Response): Promise<{ readonly text: string; readonly at?: Instant }> => {
    const { data } = SignedAssignment.safeParse(await jsonIn(response));
    if (!data) throw otherForm();
    signed(data.signature, sha256(data.assignment));
    return { text: data.assignment };
  };
  const unchanged = async (response: Response, { revision, packed }: Held) => {
    const { unchangedAt: at } = signed(response.headers.get(UNCHANGED) ?? '', revision);
    if (!at) throw new Refusal('signature-invalid', 'the center has not said that nothing has changed');
    return { text: (await unpack(packed)).toString('utf8'), at };
  };
  return async (grant) => {
    const known = held.get(grant?.id);
    // Whatever goes wrong with it, the next answer is all of it.
    held.delete(grant?.id);
    const response = await ask(under(paths.assignment, grant?.id), {
      'accept-encoding': 'gzip',
      ...(known ? { 'if-none-match': `"${known.revision}"` } : {}),
    });
    const { text, at } = known && response.status === 304 ? await unchanged(response, known) : await whole(response);
    const told = read(text);
    // Of a firm that another one's answer is passed off as, nothing is taken.
    if (told.tenant.id !== (grant ?? identity.enrolment)?.tenantId)
      throw new Refusal('signature-invalid', 'the assignment is of another firm');
    held.set(grant?.id, at && known ? known : { revision: assignmentRevision(text), packed: await pack(text) });
    return at ? { ...told, issuedAt: at } : told;
  };
}

function read(text: string): Assignment {
  try {
    return Assignment.parse(JSON.parse(text));
  } catch {
    throw otherForm();
  }
}

const otherForm = () => new Refusal('center-refused', 'the answer has another form than agreed');
