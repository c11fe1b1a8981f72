import type { Command } from 'commander';
import { z } from 'zod';
import { importBank } from '../../authoring/import/index.ts';
import { FILE_MOST, readUpTo } from '../../authoring/read-up-to.ts';
import { analyseItems, reliabilityOf } from '../../authoring/statistics/index.ts';
import { plainText } from '../../contract/content/plain-text.ts';
import { ProofFile } from '../../contract/records/batches.ts';
import type { Item } from '../../contract/words/items.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { isWithinReason } from '../../contract/words/within-reason.ts';
import { type CommandResult, present } from '../output.ts';

type Options = { readonly bank: string; readonly json?: boolean };

/** Under `bank`: what the answers to its items say of them. */
export function addStats(bank: Command): void {
  bank
    .command('stats')
    .description('difficulty, discrimination and use of each option, from exported batches; flags what to look at')
    .argument('<batch...>', 'files written by `export`')
    .requiredOption('--bank <file>', 'the bank the items are from, in any format of `bank check`')
    .option('--json', 'print one JSON document')
    .action((batches: string[], options: Options) => present(options.json, () => stats(batches, options)));
}

async function stats(batches: readonly string[], { bank }: Options): Promise<CommandResult> {
  const { items } = await importBank(readUpTo(bank, FILE_MOST.bank, 'not-a-workbook'), bank);
  const byId = new Map(items.map((item) => [item.id, item]));
  const keyOf = (id: Item['id']) => {
    const item = byId.get(id);
    return item && { ...item, options: item.options.map((option) => option.id) };
  };
  // The same batch given twice is not twice as many answers.
  const records = [...new Map(batches.flatMap(readRecords).map((record) => [record.sittingId, record])).values()];
  // Practice is answered with the explanation at hand: it says nothing of an item.
  const sittings = records
    .filter(({ exam }) => exam.mode !== 'mock' && exam.mode !== 'learning')
    .map(({ answers }) => answers);
  const analysed = analyseItems(sittings, keyOf);
  const statistics = analysed.map((one) => ({ ...one, stem: byId.get(one.itemId)?.stem.zh ?? '' }));
  const reliability = reliabilityOf(sittings, keyOf) ?? null;
  const unknown = new Set(sittings.flat().flatMap(({ itemId }) => (byId.has(itemId) ? [] : [itemId]))).size;
  const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(2)).padStart(5);
  const text = [
    `${sittings.length} sittings, ${statistics.length} items of the bank, ${unknown} of others`,
    reliability
      ? `${reliability.coefficient} ${reliability.value.toFixed(2)} (${reliability.candidates} candidates)`
      : 'too few sittings, or forms too different, for a reliability',
    '    n     p   rpb  flags',
    ...statistics.map(
      ({ n, p, rpb, flags, stem }) =>
        `${String(n).padStart(5)} ${figure(p)} ${figure(rpb)}  ${flags.join(' ')}  ${plainText(stem).slice(0, 40)}`,
    ),
  ];
  return {
    exit: 0,
    json: { ok: true, sittings: sittings.length, unknownItems: unknown, reliability, items: statistics },
    text,
  };
}

function readRecords(file: string): ProofFile['batch']['records'] {
  let written: unknown;
  try {
    written = JSON.parse(readUpTo(file, FILE_MOST.signed, 'format-unknown').toString('utf8'));
  } catch (error) {
    throw new Refusal('format-unknown', `${file}: ${(error as Error).message}`);
  }
  if (!isWithinReason(written)) throw new Refusal('format-unknown', `${file}: nested too deeply, or too many values`);
  const { data, error } = ProofFile.safeParse(written);
  if (!data) throw new Refusal('format-unknown', `${file}: ${z.prettifyError(error)}`);
  return data.batch.records;
}
