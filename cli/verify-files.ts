import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_MOST, readUpTo } from '../authoring/read-up-to.ts';
import type { CenterKeyList } from '../contract/records/center-keys.ts';
import type { Instant } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import type { Words } from '../contract/words/readiness.ts';
import type { Remark, RemarkCode } from '../contract/words/remarks.ts';
import { words } from '../messages/checks.ts';
import {
  type CheckedFile,
  type ProofSummary,
  type SeenBy,
  type Verdict,
  verifyProofFiles,
  type WitnessWish,
  whoSaw,
} from '../proof/index.ts';
import { type CommandResult, EXIT_OF, refused, sentenceOf } from './output.ts';

export type FilesQuestion = {
  /** Files, and folders of files. */
  readonly paths: readonly string[];
  /** The center's published key. */
  readonly key: PublicKey | undefined;
  /** How many hours after it was sat a result may be logged before that is remarked; as usual where it is not said. */
  readonly maxGapHours?: number | undefined;
  /** How many of which witnesses must have seen the log that each file shows. */
  readonly seen?: WitnessWish;
  /** What the root of the center has said of its keys by now. */
  readonly centerKeys?: CenterKeyList | undefined;
  /** The time it is: nothing can have been signed after it. */
  readonly now: Instant;
};

/**
 * Checks proof files, several of them against each other. Of one file it answers with one document, of several or a folder
 * with a list, and with the exit code of the worst.
 * @throws Error where one cannot be read, or a folder holds none
 */
export async function verifyFiles({
  paths,
  key,
  maxGapHours,
  seen = { least: 0, witnesses: [] },
  now,
  centerKeys,
}: FilesQuestion): Promise<CommandResult> {
  const names = paths.flatMap(filesAt);
  const files = names.map((name) => ({ name, bytes: readUpTo(name, FILE_MOST.signed, 'format-unknown') }));
  const maxGapMs = maxGapHours === undefined ? undefined : maxGapHours * 3_600_000;
  const checked = await verifyProofFiles(files, key, { maxGapMs, now, centerKeys });
  const results = checked.map(({ checked: one }) => (one.ok ? standing(one.summary, seen) : refused(one)));
  const [only] = results;
  return only && results.length === 1 && names[0] === paths[0] ? only : together(checked, results);
}

/** The files of a folder are its proof files; whatever else lies there ends in something else. */
function filesAt(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith('.json'));
  if (names.length === 0) throw new Error(`${path} holds no proof file (*.json)`);
  return names.toSorted().map((name) => join(path, name));
}

/** From the best to the worst. */
const WORSE = [EXIT_OF.proven, EXIT_OF['signed-only'], EXIT_OF.refused];

const together = (checked: readonly CheckedFile[], results: readonly CommandResult[]): CommandResult => ({
  exit: results
    .map(({ exit }) => exit)
    .reduce((worst, exit) => (WORSE.indexOf(exit) > WORSE.indexOf(worst) ? exit : worst)),
  json: results.map(({ json }, at) => ({ file: checked[at]?.name, ...(json as object) })),
  text: results.flatMap(({ text }, at) => [...(at > 0 ? [''] : []), `${checked[at]?.name}`, ...text]),
});

/** What is proven by a key that anybody may have made is said to be that. */
export const sentenceOn = ({ verdict, trust }: Pick<ProofSummary, 'verdict' | 'trust'>): readonly string[] =>
  sentenceOf(verdict === 'proven' && trust === 'self-stated' ? 'proven-by-its-own-key' : verdict);

export const HEADLINE: Readonly<Record<Verdict, string>> = { proven: 'PROVEN', 'signed-only': 'SIGNED ONLY' };

function standing(summary: ProofSummary, wish: WitnessWish): CommandResult {
  const seen = whoSaw(summary.log, wish);
  if (!seen.ok) return refused(seen);
  const { verdict, loggedAt } = summary;
  const remarks = summary.remarks.map(saidOf);
  const text = [
    `${HEADLINE[verdict]}  ${summary.records} record(s), batch ${summary.batch} of station ${summary.stationId} (${summary.tenantId})`,
    ...sentenceOn(summary),
    ...whoseStation(summary),
    `station key ${summary.stationKeyId}, vouched for by center key ${summary.centerKeyId} (${summary.trust})`,
    `shown on: ${hostsIn(summary)}`,
    `receipt of the center's log: ${summary.receipt}${loggedAt ? `, ${loggedAt}` : ''}`,
    ...logInWords(summary, seen.seenBy),
    ...remarkLines(remarks),
  ];
  return { exit: EXIT_OF[verdict], json: { ok: true, ...summary, remarks, seenBy: seen.seenBy }, text };
}

/** Which log, and who of those named has seen it. */
const logInWords = ({ log }: ProofSummary, seenBy: SeenBy): readonly string[] =>
  log
    ? [
        `in the log ${log.origin}, ${log.size} entries, with the certificate${seenBy.length > 0 ? ', seen by:' : ''}`,
        ...seenBy.map(({ witness, at }) => `  ${witness}, ${at}`),
      ]
    : [];

/** Where it is another firm's, what let this one use it. */
function whoseStation({ tenantId, ownerId, grants }: ProofSummary): readonly string[] {
  const used = grants.map(
    ({ id, exams, from, until }) =>
      `grant ${id}: ${exams === 'all' ? 'all exams' : exams.join(', ')}, ${from} to ${until}`,
  );
  return ownerId === tenantId ? used : [`the station is ${ownerId}'s, which let ${tenantId} use it`, ...used];
}

/** A record that was shown in more than one place counts for each. */
const hostsIn = ({ hosts }: ProofSummary): string =>
  Object.entries(hosts)
    .map(([host, records]) => `${host} (${records})`)
    .join(', ') || 'not said';

/** A remark as people read it. */
type SaidRemark = { readonly code: RemarkCode; readonly sentence: Words };

export const saidOf = ({ code, values }: Remark): SaidRemark => ({ code, sentence: words(`remark.${code}`, values) });

export const remarkLines = (remarks: readonly SaidRemark[]): readonly string[] =>
  remarks.flatMap(({ sentence }) => [`! ${sentence.zh}`, `! ${sentence.en}`]);
