import { z } from 'zod';
import { type Item, ItemKind, Share } from './items.ts';

const Name = z.string().trim().min(1).max(200);

/** From the easiest to the hardest that a row takes, both included. */
const DifficultyBand = z
  .object({ from: Share, to: Share })
  .readonly()
  .refine(({ from, to }) => from <= to, { error: 'from is above to' });

/**
 * One row of the table that makes a form: so many items of one cell, each worth so many marks. What a row does not say,
 * it does not ask for.
 */
export const BlueprintRow = z
  .object({
    kind: ItemKind,
    count: z.int().min(1).max(500),
    marks: z.number().positive().max(100),
    /** This topic, or any below it: 用电/触电 is below 用电. */
    topic: Name.optional(),
    industry: Name.optional(),
    area: Name.optional(),
    category: Name.optional(),
    difficulty: DifficultyBand.optional(),
  })
  .readonly();
export type BlueprintRow = z.infer<typeof BlueprintRow>;

/** How an answer with several right options is marked when not all of it is right. */
export const Scoring = z.enum(['all-or-nothing', 'subset']);
export type Scoring = z.infer<typeof Scoring>;

/** What holds for a form as a whole. Two items that name the same `enemies` are never in one form, rule or no rule. */
export const BlueprintRules = z
  .object({
    /** Mean difficulty of a form, and how far it may be off. Items that say nothing of theirs count as middling. */
    difficulty: z
      .object({ target: Share, tolerance: z.number().min(0.001).max(1) })
      .readonly()
      .optional(),
    /** The largest part of all forms that one item may be in. */
    maxExposure: Share.optional(),
    /** The largest part of a form that a neighbour in the room may have too. */
    maxOverlap: Share.optional(),
    /** Nothing that the candidate saw within so many months. */
    unseenMonths: z.int().min(1).max(120).optional(),
    /** Questions about one passage are all in a form, or none of them is. */
    wholeCases: z.boolean().optional(),
  })
  .readonly();
export type BlueprintRules = z.infer<typeof BlueprintRules>;

export const Blueprint = z
  .object({
    rows: z.array(BlueprintRow).min(1).max(200).readonly(),
    rules: BlueprintRules.optional(),
    /** Without it: all or nothing. */
    scoring: Scoring.optional(),
  })
  .readonly();
export type Blueprint = z.infer<typeof Blueprint>;

/** What a row asks for, without how many and what they are worth: rows of one cell draw from one pile. */
export type Cell = Omit<BlueprintRow, 'count' | 'marks'>;

export const cellOf = ({ count: _, marks: __, ...cell }: BlueprintRow): Cell => cell;

/** What an item counts as whose difficulty nobody knows. */
const MIDDLING = 0.5;
export const difficultyOf = (item: Pick<Item, 'difficulty'>): number => item.difficulty ?? MIDDLING;

/** Whether an item belongs to a cell. */
export function isIn(cell: Cell, item: Item): boolean {
  const { topic, difficulty } = cell;
  return (
    item.kind === cell.kind &&
    (topic === undefined || item.topic === topic || item.topic.startsWith(`${topic}/`)) &&
    (cell.industry === undefined || cell.industry === item.industry) &&
    (cell.area === undefined || cell.area === item.area) &&
    (cell.category === undefined || cell.category === item.category) &&
    (difficulty === undefined || isWithin(difficultyOf(item), difficulty))
  );
}

const isWithin = (value: number, { from, to }: { readonly from: number; readonly to: number }): boolean =>
  value >= from && value <= to;

/** A cell in words, for whoever must find items for it. */
export const describeCell = ({ kind, topic, industry, area, category, difficulty }: Cell): string =>
  [kind, topic, industry, area, category, difficulty && `difficulty ${difficulty.from} to ${difficulty.to}`]
    .filter((part) => part !== undefined)
    .join(' · ');

/** Adds marks without the dust of binary fractions: ten times 0.1 is 1. */
export const sumOfMarks = (marks: readonly number[]): number =>
  Math.round(marks.reduce((sum, one) => sum + one, 0) * 1e6) / 1e6;

export const fullMarks = (blueprint: Blueprint): number =>
  sumOfMarks(blueprint.rows.map((row) => row.count * row.marks));
