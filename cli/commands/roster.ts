import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import type { NamedPhoto } from '../../contract/people-center/candidates.ts';
import type { RosterReport, RosterRow } from '../../contract/people-center/roster-import.ts';
import { numberInFile } from '../../contract/words/number-in-file.ts';
import type { ReasonCode } from '../../contract/words/reasons.ts';
import { explainAtCommandLine } from '../../messages/of-center.ts';
import { REPORT_HEADINGS, ROSTER_HEADINGS } from '../../messages/roster-rows.ts';
import { openZip } from '../../proof/zip.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { CenterRefusal, type Operator, openOperator } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';

const [h, r] = [ROSTER_HEADINGS, REPORT_HEADINGS];

type PhotosOptions = CenterOptions & { readonly replace?: true; readonly report?: string };
type ImportOptions = CenterOptions & { readonly apply?: true; readonly report?: string };

/** The roster as one file: out of one, and into one. */
export function addRoster(program: Command): void {
  const group = program.command('roster').description('the whole roster as one file');
  atCenter(group, 'import', 'look at a workbook or CSV row by row; with --apply take over the rows that are right')
    .argument('<file>', `headings: ${Object.values(ROSTER_HEADINGS).join(' ')}; docs/operating.md`)
    .option('--apply', 'take over what is right, all of it or nothing')
    .option('--report <file>', 'what becomes of each row, as CSV')
    .action((file: string, options: ImportOptions) => present(options.json, () => importRoster(file, options)));
  atCenter(group, 'photos', 'photos of many people: each is looked at, and taken where a face can be compared with it')
    .argument('<zip>', 'of JPEGs named by number, or name and number; several of one person may end in -1, -2')
    .option('--replace', 'in place of the photos that people have, and not beside them')
    .option('--report <file>', 'what becomes of each file, as CSV')
    .action((zip: string, options: PhotosOptions) => present(options.json, () => putPhotos(zip, options)));
  atCenter(group, 'export', 'everybody on the roster, as CSV')
    .argument('<file>', 'to write')
    .action((file: string, options: CenterOptions) => present(options.json, () => exportRoster(file, options)));
}

async function importRoster(file: string, options: ImportOptions): Promise<CommandResult> {
  const { center, token, apply, report: into, json } = options;
  const operator = openOperator(center, token);
  const bytes = readFileSync(file);
  const seen = await operator.importRoster(bytes);
  const report = apply ? await applied(operator, bytes, seen, json === true) : seen;
  if (into) writeFileSync(into, reportAsCsv(report));
  const { add, change, return: back, leave, same, refused } = report.counts;
  const counted = `${add} new, ${change} changed, ${back} back, ${leave} leaving, ${same} as they were, ${refused} refused`;
  const text = [
    ...report.rows.filter(({ outcome }) => outcome === 'refused').map(inALine),
    ...(report.ignored.length > 0 ? [`columns that say nothing here: ${report.ignored.join(', ')}`] : []),
    report.applied ? `taken over: ${counted}` : `looked at, nothing done: ${counted}; --apply takes it over`,
  ];
  return { exit: refused > 0 ? 1 : 0, json: { ok: refused === 0, ...report }, text };
}

const LOOK_MS = 500;

/** Says how far it is while it waits. */
async function applied(operator: Operator, bytes: Uint8Array, { plan }: RosterReport, quiet: boolean) {
  const over = new AbortController();
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const { done, of } = await operator.rosterProgress();
      if (done !== undefined) process.stderr.write(`${done} of ${of}\n`);
      await setTimeout(LOOK_MS, undefined, { signal: over.signal });
    }
  };
  // Who is not told how far it is misses nothing.
  const watching = quiet ? undefined : watch().catch(() => undefined);
  try {
    return await operator.importRoster(bytes, plan);
  } finally {
    over.abort();
    await watching;
  }
}

const inALine = ({ row, name, number, words, problem }: RosterRow): string =>
  `row ${row}\t${name}\t${number}\t${words?.zh ?? ''} ${problem ?? ''}`;

type SentPhoto = {
  readonly file: string;
  readonly outcome: 'taken' | 'same' | 'not-looked-at' | 'refused';
  readonly reason?: ReasonCode;
  readonly words?: string;
};

async function putPhotos(path: string, options: PhotosOptions): Promise<CommandResult> {
  const { center, token, replace = false, report, json } = options;
  const operator = openOperator(center, token);
  const zip = openZip(readFileSync(path), isPhoto, LIMITS);
  const replaced = new Set<string>();
  const sent: SentPhoto[] = [];
  for (const name of zip.names) {
    const file = readable(name);
    const number = numberInFile(file);
    const photo = Buffer.from(zip.read(name)).toString('base64');
    // The first of a person that is taken replaces all; the others come beside it.
    const isFirst = replace && !replaced.has(number);
    const one = await sendPhoto(operator, { file, photo, ...(isFirst ? { replace: true } : {}) });
    if (one.outcome !== 'refused') replaced.add(number);
    sent.push(one);
    if (!json) process.stderr.write(`${sent.length} of ${zip.names.length}\n`);
  }
  if (report)
    writeFileSync(
      report,
      asCsv([
        [r.file, r.outcome, r.problem, r.words],
        ...sent.map((one) => [one.file, one.outcome, one.reason ?? '', one.words ?? '']),
      ]),
    );
  const refused = sent.filter(({ outcome }) => outcome === 'refused');
  const text = [
    ...sent
      .filter(({ outcome }) => outcome !== 'taken')
      .map((one) => [one.file, one.outcome, one.words ?? ''].join('\t')),
    `${sent.length - refused.length} of ${sent.length} taken`,
  ];
  const ok = refused.length === 0;
  return { exit: ok ? 0 : 1, json: { ok, photos: sent }, text };
}

const isPhoto = (name: string): boolean => /\.jpe?g$/i.test(name) && !/(^|\/)(\.|__MACOSX)/.test(name);
const LIMITS = { entries: 50_000, each: 6_000_000, all: 4_000_000_000 };

/** A Chinese Windows writes names in its own encoding, which zips do not name. */
function readable(name: string): string {
  const codes = Array.from(name, (letter) => letter.codePointAt(0) ?? 0);
  if (codes.every((code) => code < 0x80) || codes.some((code) => code > 0xff)) return name;
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(Buffer.from(name, 'latin1'));
  } catch {
    return name;
  }
}

const MOST_TRIES = 10;
const AGAIN_MS = 5_000;

/** What is wrong with one photo keeps no other from being taken. @throws CenterRefusal where no other would be either */
async function sendPhoto(operator: Operator, photo: NamedPhoto, tries = 1): Promise<SentPhoto> {
  const { file } = photo;
  try {
    const { same, notLookedAt } = await operator.addNamedPhoto(photo);
    if (notLookedAt) return { file, outcome: 'not-looked-at' };
    return { file, outcome: same ? 'same' : 'taken' };
  } catch (error) {
    if (!(error instanceof CenterRefusal) || ['unauthorised', 'center-down'].includes(error.reason)) throw error;
    if (error.reason === 'try-later' && tries < MOST_TRIES) {
      await setTimeout(AGAIN_MS);
      return sendPhoto(operator, photo, tries + 1);
    }
    const { reason, detail } = error;
    const words = [explainAtCommandLine(reason, 'zh'), ...(detail ? [detail] : [])].join(' ');
    return { file, outcome: 'refused', reason, words };
  }
}

/** Names are what somebody typed: no cell may become a formula where it is opened. */
const asCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  stringify([...rows], { bom: true, escape_formulas: true });

const reportAsCsv = ({ rows }: RosterReport): string =>
  asCsv([
    [r.row, h.name, h.number, r.outcome, r.problem, r.words],
    ...rows.map(({ row, name, number, outcome, problem, words }) => [
      ...[row, name, number, outcome, problem ?? '', words?.zh ?? ''],
    ]),
  ]);

async function exportRoster(file: string, { center, token }: CenterOptions): Promise<CommandResult> {
  const candidates = await openOperator(center, token).listCandidates();
  const rows = candidates.map(({ name, number, examId, arrangements }) => [
    ...[name, number, examId, arrangements?.extraMinutes ?? ''],
  ]);
  writeFileSync(file, asCsv([[h.name, h.number, h.exam, h.minutes], ...rows]), { mode: 0o600 });
  return { exit: 0, json: { ok: true, file, people: rows.length }, text: [`${rows.length} people in ${file}`] };
}
