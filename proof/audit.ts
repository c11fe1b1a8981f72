import { LogEntry } from '../contract/log/entries.ts';
import type { LoggedEntries } from '../contract/log/log-api.ts';
import {
  AUDIT_START,
  type AuditAnchor,
  AuditExport,
  type AuditHead,
  AuditHeadStatement,
  type AuditLine,
} from '../contract/people-center/audit.ts';
import type { Sha256 } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import type { Reason } from '../contract/words/reasons.ts';
import { hashOf } from './hash.ts';
import { verifyJws } from './jws.ts';

/** What a chain is after one more line, which is known by its hash. */
export const auditHeadAfter = (head: Sha256, line: Sha256): Sha256 => hashOf({ head, line });

type AuditChecked = {
  readonly ok: true;
  readonly head: AuditHead;
  readonly centerKey: PublicKey;
  /** Lines of the firm itself. */
  readonly lines: readonly AuditLine[];
  readonly anchors: readonly AuditAnchor[];
  /** What the chain had come to at this line. */
  headAt(sequence: number): Sha256 | undefined;
};
export type AuditVerdict = AuditChecked | { readonly ok: false; readonly reason: Reason; readonly detail: string };

/**
 * Whether a file of the audit log is as the center signed it: each line in its place, none taken out, changed or put in, and
 * every head that was put into the transparency log one of this chain.
 * @param key of the center, where it is known; without one the file says whose it is
 */
export function verifyAuditExport(json: unknown, key?: PublicKey): AuditVerdict {
  const { data: file } = AuditExport.safeParse(json);
  if (!file) return no('format-unknown', 'this is no file of an audit log');
  if (key && key !== file.centerKey) return no('center-other', 'another center wrote this file');
  const heads = [AUDIT_START];
  for (const [at, line] of file.lines.entries()) {
    if ('sequence' in line && line.sequence !== at + 1) return no('chain-broken', `line ${at + 1} is out of its place`);
    if ('sequence' in line && line.tenantId !== file.tenantId && line.tenantId !== null)
      return no('chain-broken', `line ${at + 1} is of another firm`);
    heads.push(auditHeadAfter(heads[at] as Sha256, 'hash' in line ? line.hash : hashOf(line)));
  }
  const head = { sequence: file.lines.length, head: heads.at(-1) as Sha256 };
  const said = AuditHeadStatement.safeParse(verifyJws(file.signature, 'exam-station/audit-head', file.centerKey));
  if (!said.success) return no('signature-invalid', 'the center did not sign this');
  const { sequence, head: signed, tenantId } = said.data;
  if (tenantId !== file.tenantId) return no('signature-invalid', 'it was signed for another firm');
  if (sequence !== head.sequence || signed !== head.head)
    return no('chain-broken', 'the lines are not those that were signed');
  const other = file.anchors.find((anchor) => heads[anchor.sequence] !== anchor.head);
  if (other) return no('chain-broken', `in the transparency log the head of line ${other.sequence} is another one`);
  const lines = file.lines.flatMap((line) => ('sequence' in line ? [line] : []));
  return { ok: true, head, centerKey: file.centerKey, lines, anchors: file.anchors, headAt: (at) => heads[at] };
}

/** Whether a later file goes on where an earlier one ended: nothing that stood there then is another today. */
export const goesOnFrom = (earlier: AuditChecked, later: AuditChecked): boolean =>
  earlier.centerKey === later.centerKey && later.headAt(earlier.head.sequence) === earlier.head.head;

/**
 * Whether a file agrees with what the transparency log has of the audit log: no head there is of another chain, and each that the
 * file says was put there is in its place.
 * @param entries of the log besides results, all of them
 */
export function againstLog(
  { anchors, headAt }: AuditChecked,
  entries: LoggedEntries['entries'],
): { readonly reason: Reason; readonly detail: string } | undefined {
  const logged = entries.flatMap(({ index, text }) => {
    const { data } = LogEntry.safeParse(parseJson(text));
    return data?.kind === 'audit' ? [{ ...data, index }] : [];
  });
  const other = logged.find(({ sequence, head }) => (headAt(sequence) ?? head) !== head);
  if (other)
    return {
      reason: 'chain-broken',
      detail: `the log has another head of line ${other.sequence}, at place ${other.index}`,
    };
  const missing = anchors.find(
    ({ sequence, head, logIndex }) =>
      !logged.some((one) => one.index === logIndex && one.sequence === sequence && one.head === head),
  );
  return missing && { reason: 'not-logged', detail: `the log has no head of line ${missing.sequence} at its place` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const no = (reason: Reason, detail: string): AuditVerdict => ({ ok: false, reason, detail });
