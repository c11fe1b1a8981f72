import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { TOLD_SOURCES, ToldFile, type ToldRow, type ToldSource } from '../../contract/platform/told-results.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { platformTranslator } from '../../messages/platform/index.ts';
import { REPORT_HEADINGS, ROSTER_HEADINGS } from '../../messages/roster-rows.ts';
import { atCenter, type CenterOptions } from '../at-center.ts';
import { tellResults } from '../operator.ts';
import { type CommandResult, present } from '../output.ts';

type ImportOptions = CenterOptions & {
  readonly organisation: string;
  readonly vendor: string;
  readonly source: ToldSource;
  readonly apply?: true;
  readonly report?: string;
};

const t = platformTranslator('zh');

/** Results that a vendor tells of, by a token of the platform. */
export function addResults(program: Command): void {
  const group = program
    .command('results')
    .description('results that other vendors tell of, apart from those of stations');
  atCenter(
    group,
    'import',
    'look at a file row by row, with a token of the platform (xp_…); with --apply take over what is right',
  )
    .argument('<file>', 'CSV or workbook, xAPI statements, or a proof file of another center; docs/platform.md')
    .requiredOption(
      '--organisation <id>',
      'whose results: a firm or an agency; of a table that names its firms, a county or a street',
    )
    .requiredOption('--vendor <id>', 'who tells of them')
    .addOption(new Option('--source <source>', 'what the file is').choices(TOLD_SOURCES).default('csv'))
    .option('--apply', 'take over what is right')
    .option('--report <file>', 'what becomes of each row, as CSV')
    .action((file: string, options: ImportOptions) => present(options.json, () => importResults(file, options)));
}

async function importResults(file: string, options: ImportOptions): Promise<CommandResult> {
  const { center, token, organisation, vendor, source, apply = false, report: into } = options;
  const wish = ToldFile.safeParse({
    ...{ organisationId: organisation, vendorId: vendor, source, name: basename(file).slice(-200) },
    ...{ file: readFileSync(file).toString('base64'), dryRun: !apply },
  });
  if (!wish.success) throw new Refusal('bad-message', wish.error.issues[0]?.path.join('.'));
  const report = await tellResults(center, token, wish.data);
  if (into) writeFileSync(into, asCsv(report.rows), { mode: 0o600 });
  const { added, there, refused } = report.counts;
  const counted = `${added} new, ${there} there, ${refused} refused`;
  const text = [
    report.provenBy ? `proven by ${report.provenBy}` : 'UNPROVEN: nobody but the vendor says so',
    ...report.rows.filter(({ outcome }) => outcome === 'refused').map(inALine),
    ...(report.ignored.length > 0 ? [`columns that say nothing here: ${report.ignored.join(', ')}`] : []),
    report.applied ? `taken over: ${counted}` : `looked at, nothing done: ${counted}; --apply takes it over`,
  ];
  return { exit: refused > 0 ? 1 : 0, json: { ok: refused === 0, ...report }, text };
}

const wordsOf = ({ problem, detail = '' }: ToldRow): string =>
  problem ? `${t(`told.problem.${problem}`)} ${detail}`.trim() : '';

const inALine = (one: ToldRow): string =>
  `row ${one.row}\t${one.ownId}\t${one.name}\t${wordsOf(one)} ${one.problem ?? ''}`;

const { row, outcome, problem, words } = REPORT_HEADINGS;
/** Names are what somebody typed: no cell may become a formula where it is opened. */
const asCsv = (rows: readonly ToldRow[]): string =>
  stringify(
    [
      [row, t('told.own-id'), ROSTER_HEADINGS.name, outcome, problem, words],
      ...rows.map((one) => [one.row, one.ownId, one.name, one.outcome, one.problem ?? '', wordsOf(one)]),
    ],
    { bom: true, escape_formulas: true },
  );
