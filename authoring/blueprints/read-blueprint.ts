import { extname } from 'node:path';
import { z } from 'zod';
import { Blueprint, BlueprintRow, BlueprintRules } from '../../contract/words/blueprint.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Terms } from '../../contract/words/terms.ts';
import { type Cell, readKind, readXlsx, type Sheet } from '../import/index.ts';
import { inTerms, SEED_TERMS } from '../terms/index.ts';
import { readYaml } from '../yaml/index.ts';

/** In a file a field that nobody knows is a slip of the pen, and what it meant to ask for would be lost. */
const Written = z.strictObject({
  ...Blueprint.unwrap().shape,
  rows: z.array(z.strictObject(BlueprintRow.unwrap().shape)).min(1).max(200),
  rules: z.strictObject(BlueprintRules.unwrap().shape).optional(),
});

/**
 * A blueprint as people write it: YAML or JSON with the fields of the contract, or a workbook with a row for each row, under
 * headings in Chinese or English, and the rules in a sheet called 规则 or rules, one a row. Sectors, areas and categories are
 * named as items name them.
 * @throws Refusal `blueprint-unreadable` saying where
 */
export async function readBlueprint(bytes: Uint8Array, file: string, terms: Terms = SEED_TERMS): Promise<Blueprint> {
  const written = extname(file).toLowerCase() === '.xlsx' ? fromWorkbook(bytes, file) : fromText(bytes, file);
  const { data, error } = Written.safeParse(written);
  if (!data) throw unreadable(file, z.prettifyError(error));
  return { ...data, rows: data.rows.map((row) => inTerms(row, terms).item) };
}

const unreadable = (file: string, why: string): Refusal => new Refusal('blueprint-unreadable', `${file}: ${why}`);

/** JSON is YAML too. */
function fromText(bytes: Uint8Array, file: string): unknown {
  try {
    return readYaml(new TextDecoder('utf-8', { fatal: true }).decode(bytes), { aliases: 20 });
  } catch (error) {
    throw unreadable(file, (error as Error).message);
  }
}

function sheetsOf(bytes: Uint8Array, file: string): readonly Sheet[] {
  try {
    return readXlsx(bytes);
  } catch (error) {
    throw unreadable(file, (error as Error).message);
  }
}

function fromWorkbook(bytes: Uint8Array, file: string): unknown {
  const all = sheetsOf(bytes, file);
  const rules = all.find(({ sheet }) => /^(规则|rules)$/i.test(sheet.trim()));
  const table = all.find((one) => one !== rules);
  if (!table) throw unreadable(file, 'no table');
  const { scoring, ...others } = rules ? rulesOf(rules, file) : {};
  return {
    rows: rowsOf(table, file),
    ...(Object.keys(others).length > 0 ? { rules: others } : {}),
    ...(scoring === undefined ? {} : { scoring }),
  };
}

const HEADINGS: readonly (readonly [keyof Blueprint['rows'][number], RegExp])[] = [
  ['kind', /^(题型|试题类型|类型|kind)$/i],
  ['count', /^(题数|数量|题量|count)$/i],
  ['marks', /^(分值|每题分值|每题分数|分数|marks)$/i],
  ['topic', /^(知识点|章节|科目|题目类别|topic)$/i],
  ['industry', /^(行业|industry)$/i],
  ['area', /^(重点领域|领域|area)$/i],
  ['category', /^(人员类别|人员|category)$/i],
  ['difficulty', /^(难度|difficulty)$/i],
];

function rowsOf({ sheet, data }: Sheet, file: string): readonly unknown[] {
  const head = data.findIndex((row) =>
    ['kind', 'count', 'marks'].every((field) => columnsOf(row).has(field as 'kind')),
  );
  if (head < 0) throw unreadable(file, `${sheet} has no headings 题型, 数量 and 分值`);
  const columns = columnsOf(data[head] ?? []);
  const known = new Set(columns.values());
  const unknown = (data[head] ?? []).find((cell, at) => !known.has(at) && String(cell ?? '').trim() !== '');
  if (unknown !== undefined) throw unreadable(file, `${sheet}: nobody knows a column called ${unknown}`);
  return data.slice(head + 1).flatMap((cells, at) => {
    if (cells.every((cell) => cell === null || cell === undefined || String(cell).trim() === '')) return [];
    const entries = [...columns].flatMap(([field, column]) => {
      const cell = cells[column] ?? null;
      return cell === null || cell === ''
        ? []
        : [[field, readCell(field, cell, `${file}: ${sheet} row ${head + at + 2}`)]];
    });
    return [Object.fromEntries(entries)];
  });
}

const columnsOf = (row: readonly Cell[]) =>
  new Map(
    HEADINGS.flatMap(([field, heading]) => {
      const at = row.findIndex((cell) => heading.test(String(cell ?? '').replace(/\s/g, '')));
      return at < 0 ? [] : [[field, at] as const];
    }),
  );

const LEVELS: Readonly<Record<string, { from: number; to: number }>> = {
  易: { from: 0, to: 0.4 },
  中: { from: 0.4, to: 0.7 },
  难: { from: 0.7, to: 1 },
};

function readCell(field: (typeof HEADINGS)[number][0], cell: Cell, where: string): unknown {
  const text = String(cell).trim();
  if (field === 'kind') return readKind(text) ?? text;
  if (field === 'count' || field === 'marks') return Number(text);
  if (field !== 'difficulty') return text;
  const [, from, to] = /^([\d.]+)\s*(?:-|~|–|至|到)\s*([\d.]+)$/.exec(text) ?? [];
  const band = LEVELS[text] ?? (from && to ? { from: Number(from), to: Number(to) } : undefined);
  if (!band)
    throw new Refusal('blueprint-unreadable', `${where}: difficulty ${text} is neither 易, 中, 难 nor 0.2-0.6`);
  return band;
}

/** Rules in words: what is written, and what becomes of it. */
const RULES: readonly (readonly [RegExp, (text: string) => Record<string, unknown>])[] = [
  [/^(目标难度|targetdifficulty)$/i, (text) => ({ target: Number(text) })],
  [/^(难度容差|难度误差|difficultytolerance)$/i, (text) => ({ tolerance: Number(text) })],
  [/^(最大曝光率|曝光上限|maxexposure)$/i, (text) => ({ maxExposure: shareOf(text) })],
  [/^(邻座最大重复率|邻座重复上限|maxoverlap)$/i, (text) => ({ maxOverlap: shareOf(text) })],
  [/^(不重复月数|不见旧题月数|unseenmonths)$/i, (text) => ({ unseenMonths: Number(text) })],
  [/^(案例完整|整案抽题|wholecases)$/i, (text) => ({ wholeCases: /^(是|有|yes|y|true|1|√)$/i.test(text) })],
  [/^(评分方式|scoring)$/i, (text) => ({ scoring: /部分|subset/i.test(text) ? 'subset' : 'all-or-nothing' })],
];

const shareOf = (text: string): number => (text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text));

function rulesOf({ sheet, data }: Sheet, file: string): Record<string, unknown> {
  const { target, tolerance, ...rules }: Record<string, unknown> = Object.assign(
    {},
    ...data.map(([name, value], at) => {
      if (name === null || name === undefined || value === null || value === undefined) return {};
      const word = String(name).replace(/\s/g, '');
      const rule = RULES.find(([pattern]) => pattern.test(word))?.[1];
      if (!rule) throw unreadable(file, `${sheet} row ${at + 1}: nobody knows a rule called ${word}`);
      const text = String(value).trim();
      if (text === '') throw unreadable(file, `${sheet} row ${at + 1}: ${word} says nothing`);
      return rule(text);
    }),
  );
  return target === undefined && tolerance === undefined ? rules : { ...rules, difficulty: { target, tolerance } };
}
