import type { Command } from 'commander';
import { FILE_MOST, readUpTo } from '../../authoring/read-up-to.ts';
import { LoggedEntries, logPaths } from '../../contract/log/log-api.ts';
import { type Instant, TokenId } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { sayMoment } from '../../contract/words/typed-moment.ts';
import { isWithinReason, REASON } from '../../contract/words/within-reason.ts';
import { againstLog, goesOnFrom, keyId, verifyAuditExport } from '../../proof/index.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { readCenterKeys } from '../center-keys.ts';
import { lineTo } from '../center-line.ts';
import { openOperator } from '../operator.ts';
import { FORCE, mustTake, type OutOptions, writeOut } from '../out-file.ts';
import { type CommandResult, present, refused as refusedAs } from '../output.ts';
import { publicKey, time } from '../values.ts';

type ExportOptions = CenterOptions & OutOptions & { readonly out: string };
type VerifyOptions = {
  readonly centerKey?: PublicKey;
  readonly centerKeys?: string;
  readonly since?: string;
  readonly log?: string;
  readonly json?: boolean;
};

/** Who comes in as an operator, and what was done by whom. */
export function addAccess(program: Command): void {
  const tokens = program.command('token').description("operators' tokens: one for each person and each program");
  const audit = program.command('audit').description('what was done at a center, by whom and when');
  atCenter(tokens, 'add', 'make another token (shown this once)')
    .requiredOption('--name <text>', 'who or what it is for')
    .option('--until <time>', 'works until then', time)
    .action((options: CenterOptions & { readonly name: string; readonly until?: Instant }) =>
      present(options.json, () => addToken(options)),
    );
  atCenter(tokens, 'list', 'tokens, with what ends them by').action((options: CenterOptions) =>
    present(options.json, () => listTokens(options)),
  );
  atCenter(tokens, 'end', 'end a token now, and with it whoever signed in by it')
    .argument('<id>', 'of the token')
    .action((id: string, options: CenterOptions) => present(options.json, () => endToken(id, options)));
  atCenter(audit, 'export', 'write the audit log as a file that anybody can check')
    .requiredOption('--out <file>', 'where to write it')
    .option(...FORCE)
    .action((options: ExportOptions) => present(options.json, () => exportAudit(options)));
  audit
    .command('verify')
    .description('check an exported audit log: no line changed, taken out or put in since the center signed it')
    .argument('<file>', 'written by `audit export`, or downloaded from the page')
    .option('--center-key <key>', 'the public key of the center, as it was published', publicKey)
    .option('--center-keys <file>', 'what the center serves at /v1/keys: which of its keys were revoked by now')
    .option('--since <file>', 'an earlier file of the same firm: nothing in it may be another today')
    .option('--log <url>', 'address of the center: hold the file against its transparency log as well')
    .option('--json', 'print one JSON document')
    .action((file: string, options: VerifyOptions) => present(options.json, () => verifyAudit(file, options)));
}

async function addToken({
  center,
  token,
  name,
  until,
}: CenterOptions & { name: string; until?: Instant }): Promise<CommandResult> {
  const made = await openOperator(center, token).addToken({ name, ...(until ? { expiresAt: until } : {}) });
  const works = until ? `, works until ${sayMoment(until)}` : '';
  const text = [`${made.token} (shown this once; its id is ${made.id}${works})`];
  return { exit: 0, json: { ok: true, ...made, ...(until ? { until } : {}) }, text };
}

async function listTokens({ center, token }: CenterOptions): Promise<CommandResult> {
  const tokens = await openOperator(center, token).listTokens();
  const text = tokens.map(({ id, name, expiresAt, endedAt }) =>
    [id, name, endedAt ? `ended ${sayMoment(endedAt)}` : expiresAt ? `until ${sayMoment(expiresAt)}` : 'works'].join(
      '\t',
    ),
  );
  return { exit: 0, json: { ok: true, tokens }, text };
}

async function endToken(id: string, { center, token }: CenterOptions): Promise<CommandResult> {
  await openOperator(center, token).endToken(TokenId.parse(id));
  return { exit: 0, json: { ok: true, id }, text: [`${id} works no longer`] };
}

async function exportAudit({ center, token, out, force }: ExportOptions): Promise<CommandResult> {
  mustTake(out, { force });
  const file = await openOperator(center, token).exportAudit();
  await writeOut(out, `${JSON.stringify(file)}\n`, { force });
  return { exit: 0, json: { ok: true, out, lines: file.lines.length }, text: [`${out}: ${file.lines.length} lines`] };
}

/** What a file of the audit log is not, in its own words: results are no matter of it. */
const refused = (why: Parameters<typeof refusedAs>[0]): CommandResult => refusedAs(why, 'refused-audit');

async function verifyAudit(file: string, { centerKey, centerKeys, since, log }: VerifyOptions): Promise<CommandResult> {
  const known = centerKeys === undefined ? undefined : readCenterKeys(centerKeys);
  const said = verifyAuditExport(jsonIn(file), centerKey, known);
  if (!said.ok) return refused(said);
  const earlier = since === undefined ? undefined : verifyAuditExport(jsonIn(since), centerKey);
  if (earlier && !earlier.ok) return refused({ ...earlier, detail: `${since}: ${earlier.detail}` });
  if (earlier && !goesOnFrom(earlier, said))
    return refused({
      reason: 'chain-broken',
      detail: `it does not go on where ${since} ended: the log was made anew`,
    });
  const differs = log === undefined ? undefined : againstLog(said, await loggedAt(log));
  if (differs) return refused(differs);
  const { head, lines, anchors } = said;
  const newest = anchors.at(-1);
  const text = [
    `VALID  ${head.sequence} lines in one chain, ${lines.length} of this firm`,
    `head ${head.head}`,
    `center key ${keyId(said.centerKey)} (${centerKey ? 'as given' : 'as the file itself says: compare it, or give --center-key'})`,
    newest
      ? `${log ? '' : 'the file says: '}in the transparency log up to line ${newest.sequence}, at place ${newest.logIndex}, since ${newest.at}`
      : `${log ? '' : 'the file says: '}not in the transparency log yet`,
  ];
  const by = { keyPinned: centerKey !== undefined, centerKey: said.centerKey };
  return { exit: 0, json: { ok: true, ...head, own: lines.length, anchors, ...by }, text };
}

/** All that a center's log has besides results. @throws Error where it does not answer, or answers something else */
async function loggedAt(center: string): Promise<LoggedEntries['entries']> {
  const found: LoggedEntries['entries'][number][] = [];
  const line = lineTo(center);
  for (;;) {
    const from = (found.at(-1)?.index ?? -1) + 1;
    const reply = await line.ask(`${logPaths.entries}?from=${from}`, { signal: AbortSignal.timeout(60_000) });
    if (!reply.ok) throw new Refusal('center-down', `${center} answers ${reply.status}`);
    const { entries } = LoggedEntries.parse(await reply.json());
    if (entries.length === 0) return found;
    found.push(...entries);
  }
}

function jsonIn(file: string): unknown {
  const text = readUpTo(file, FILE_MOST.signed, 'format-unknown').toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return isWithinReason(value, { ...REASON, members: REASON.values }) ? value : undefined;
  } catch {
    return undefined;
  }
}
