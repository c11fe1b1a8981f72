import { randomBytes } from 'node:crypto';
import type { Part, Solver } from '../../../authoring/drawing/index.ts';
import {
  commitmentTo,
  type DrawnForm,
  type FormMaker,
  openFormMaker,
  seedOf,
  turnOf,
} from '../../../authoring/drawing/index.ts';
import type { Blueprint } from '../../../contract/words/blueprint.ts';
import type { CandidateId, ItemId } from '../../../contract/words/ids.ts';
import type { Bank } from '../../../contract/words/items.ts';
import { hashOf } from '../../../proof/index.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';

/** Hands out forms: each the next of its series, and none that a candidate has seen where the blueprint forbids it. */
export type FormIssuer = {
  /**
   * @param only nothing but these items, in practice
   * @throws Refusal `bank-too-small`, `difficulty-unreachable`
   */
  issue(bank: Bank, blueprint: Blueprint, candidate: CandidateId, only?: ReadonlySet<ItemId>): DrawnForm;
  /** The seed that a form shows by its commitment, for an inspector; forms to come can be worked out with it. */
  reveal(shown: string): string | undefined;
};

const SCHEMA = [
  `CREATE TABLE series (bank TEXT NOT NULL, blueprint TEXT NOT NULL, sealed BLOB NOT NULL, next INTEGER NOT NULL, PRIMARY KEY (bank, blueprint)) STRICT;
   CREATE TABLE seen (candidate TEXT NOT NULL, item TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (candidate, item)) STRICT, WITHOUT ROWID;`,
];
type SeriesRow = { readonly bank: string; readonly blueprint: string; readonly sealed: Buffer };
const contextOf = (bank: string, blueprint: string): string => `series/${bank}/${blueprint}`;

/** The 31st of a month that is shorter is its last day. */
function monthsBefore(day: Date, months: number): Date {
  const before = new Date(day);
  before.setUTCMonth(before.getUTCMonth() - months);
  if (before.getUTCDate() !== day.getUTCDate()) before.setUTCDate(0);
  return before;
}

/** Exams of which a station remembers the piles; more than one has at a time. */
const MAKERS = 4;

export type IssuerOptions = {
  readonly solver?: Solver | undefined;
  /** What neighbours do not draw from, for blueprints that say how much they may share. */
  readonly part?: Part | undefined;
};

export function openFormIssuer(
  database: Database,
  vault: Vault,
  clock: Clock,
  options: IssuerOptions = {},
): FormIssuer {
  const { solver } = options;
  migrate(database, 'forms', SCHEMA);
  let makers: readonly { readonly name: string; readonly maker: FormMaker }[] = [];

  const makerOf = (bank: Bank, blueprint: Blueprint, name: string): FormMaker => {
    const known = makers.find((one) => one.name === name)?.maker;
    const maker = known ?? openFormMaker(bank, blueprint, solver);
    makers = [...makers.filter((one) => one.name !== name), { name, maker }].slice(-MAKERS);
    return maker;
  };
  const open = (sealed: Buffer, bank: string, blueprint: string): string =>
    vault.open(sealed, contextOf(bank, blueprint)).toString('hex');
  /** The next seed. Skipped where no form comes of it: nobody gets another's. */
  const nextSeed = database.transaction((bank: string, blueprint: string, part: Part | undefined): string => {
    const secret = vault.seal(randomBytes(16), contextOf(bank, blueprint));
    database.prepare('INSERT INTO series VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING').run(bank, blueprint, secret);
    const row = database
      .prepare<[string, string], { sealed: Buffer; serial: number }>(
        'UPDATE series SET next = next + 1 WHERE bank = ? AND blueprint = ? RETURNING sealed, next - 1 AS serial',
      )
      .get(bank, blueprint) as { sealed: Buffer; serial: number };
    const turn = { series: open(row.sealed, bank, blueprint), serial: row.serial };
    return seedOf({ ...turn, ...(part ? { part } : {}) });
  });
  const seenSince = (candidate: CandidateId, months: number): ReadonlySet<ItemId> => {
    const since = monthsBefore(new Date(clock.wall()), months);
    const rows = database
      .prepare<[string, string], { item: ItemId }>('SELECT item FROM seen WHERE candidate = ? AND at >= ?')
      .all(candidate, since.toISOString());
    return new Set(rows.map(({ item }) => item));
  };
  const remember = database.transaction((candidate: CandidateId, { items }: DrawnForm) => {
    const insert = database.prepare(
      'INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT (candidate, item) DO UPDATE SET at = excluded.at',
    );
    for (const { itemId } of items) insert.run(candidate, itemId, clock.wall());
  });

  return {
    reveal(shown) {
      const rows = database.prepare('SELECT bank, blueprint, sealed FROM series').all() as SeriesRow[];
      const { series: _, ...turn } = turnOf(shown);
      const seeds = rows.map(({ bank, blueprint, sealed }) =>
        seedOf({ series: open(sealed, bank, blueprint), ...turn }),
      );
      return seeds.find((seed) => commitmentTo(seed) === shown);
    },
    issue(bank, blueprint, candidate, only) {
      const blueprintHash = hashOf(blueprint);
      const months = blueprint.rules?.unseenMonths;
      const maker = makerOf(bank, blueprint, `${bank.hash}/${blueprintHash}`);
      const part = blueprint.rules?.maxOverlap === undefined ? undefined : options.part;
      const seed = nextSeed.immediate(bank.hash, blueprintHash, part);
      const seen = months ? { seen: seenSince(candidate, months) } : {};
      const form = maker.assemble(seed, { ...seen, ...(only ? { only } : {}) });
      if (months) remember.immediate(candidate, form);
      // The seed stays here, sealed: whoever reads the ledger must not know the forms to come.
      return { ...form, seed: commitmentTo(seed) };
    },
  };
}
