import { randomInt } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  drawsFrom,
  openFormMaker,
  openPlainDraw,
  openSolver,
  type Solver,
  simulate,
} from '../authoring/drawing/index.ts';
import { Blueprint, isIn } from '../contract/words/blueprint.ts';
import { ExamId, Instant, StationId, TenantId } from '../contract/words/ids.ts';
import type { Bank, ItemKind } from '../contract/words/items.ts';
import { generateSigningKey, makeBank, makeItem, openSigner } from '../proof/index.ts';
import { keyFrom, openPackage, sealPackage } from '../proof/sealed/index.ts';
import { type Timing, timingOf } from './measure.ts';

/** What a form costs, against drawing at random and against a bare solver, on a bank as large as the city's. */
export type FormsBench = {
  readonly items: number;
  readonly form: number;
  readonly rounds: number;
  /** The first form of a bank: looking through it, and shuffling its piles. */
  readonly firstMs: number;
  readonly ours: Timing;
  /** With a target difficulty besides. */
  readonly oursWithDifficulty: Timing;
  /** So many of each cell at random; knows no enemies. */
  readonly plainRandom: Timing;
  /** HiGHS on the same rows and enemies, with nothing around it. */
  readonly bareHighs: Timing;
  /** Opening an exam package with this bank: signature, decryption, parsing and checking. */
  readonly openPackage: Timing;
  /** Nothing but unzipping and parsing the same content. */
  readonly bareParse: Timing;
  readonly ratios: { readonly plainRandom: number; readonly bareHighs: number; readonly bareParse: number };
  /** The most and the mean an item came up, over 10,000 forms: the worst cell. */
  readonly exposure: {
    readonly forms: number;
    readonly ours: number;
    readonly plainRandom: number;
    readonly violations: number;
  };
};

const BANK_SIZE = 26_000;
const FORMS = 10_000;
/** A whole solve takes long: so many are enough for a median. */
const SOLVES = 3;
const KINDS: readonly ItemKind[] = ['true-false', 'single', 'single', 'multiple'];
const INDUSTRIES = ['危险化学品', '非煤矿山', '轻工', '建材', '机械', '冶金', '有色', '纺织', '烟草', '商贸'];

/** Invented items, the same every time: what they say costs nothing, how many there are does. */
function largeBank(): Bank {
  const options = ['甲', '乙', '丙', '丁'].map((zh) => ({ zh }));
  return makeBank(
    { zh: '两万六千题' },
    Array.from({ length: BANK_SIZE }, (_, n) => {
      const kind = KINDS[n % KINDS.length] as ItemKind;
      return makeItem({
        kind,
        stem: { zh: `第 ${n} 题` },
        options: kind === 'true-false' ? options.slice(0, 2) : options,
        key: kind === 'multiple' ? [0, 2] : [1],
        topic: `章 ${n % 13}`,
        industry: INDUSTRIES[n % INDUSTRIES.length] as string,
        difficulty: ((n * 7) % 21) / 20,
        ...(n % 50 === 0 ? { enemies: `敌 ${Math.floor(n / 100)}` } : {}),
      });
    }),
  );
}

const rows = [
  ...INDUSTRIES.slice(0, 5).map((industry) => ({ kind: 'single', count: 8, marks: 1, industry })),
  ...[1, 2, 3].map((n) => ({ kind: 'single', count: 5, marks: 1, topic: `章 ${n}` })),
  { kind: 'true-false', count: 30, marks: 0.5 },
  { kind: 'multiple', count: 15, marks: 2 },
];
const BLUEPRINT = Blueprint.parse({ rows });
const DIFFICULT = Blueprint.parse({ rows, rules: { difficulty: { target: 0.55, tolerance: 0.02 } } });

export async function benchForms(rounds: number): Promise<FormsBench> {
  const bank = largeBank();
  const solver = await openSolver();
  const started = performance.now();
  const maker = openFormMaker(bank, BLUEPRINT);
  maker.assemble('first/0');
  const firstMs = performance.now() - started;
  const balanced = openFormMaker(bank, DIFFICULT, solver);
  const plain = openPlainDraw(bank, BLUEPRINT);
  const ours = timed(rounds, (n) => maker.assemble(`bench/${n}`));
  const plainRandom = timed(rounds, (n) => plain(drawsFrom(`bench ${n}`)));
  const bareHighs = timed(Math.min(rounds, SOLVES), () => solve(bank, BLUEPRINT, solver));
  const packed = packageTimings(bank);
  const simulation = simulate(bank, BLUEPRINT, { forms: FORMS, seed: 'bench' });
  const worst = (of: 'rotation' | 'random'): number =>
    Math.max(...simulation[of].exposure.map(({ maxToMean }) => maxToMean));
  return {
    ...{ items: bank.items.length, form: rows.reduce((sum, { count }) => sum + count, 0), rounds, firstMs },
    ...{ ours, plainRandom, bareHighs, ...packed },
    oursWithDifficulty: timed(rounds, (n) => balanced.assemble(`bench/${n}`)),
    ratios: {
      plainRandom: ours.medianMs / plainRandom.medianMs,
      bareHighs: ours.medianMs / bareHighs.medianMs,
      bareParse: packed.openPackage.medianMs / packed.bareParse.medianMs,
    },
    exposure: {
      ...{ forms: FORMS, ours: worst('rotation'), plainRandom: worst('random') },
      violations: simulation.rotation.violations,
    },
  };
}

function packageTimings(bank: Bank): { readonly openPackage: Timing; readonly bareParse: Timing } {
  const [center, secret] = [openSigner(generateSigningKey()), generateSigningKey()];
  const station = openSigner(secret).publicKey;
  const [start, now, end] = ['2026-01-01', '2026-01-02', '2026-01-03'].map((day) =>
    Instant.parse(`${day}T00:00:00.000Z`),
  ) as [Instant, Instant, Instant];
  const ids = { tenantId: TenantId.parse('tn_b'), stationId: StationId.parse('st_b'), examId: ExamId.parse('ex_b') };
  const tenant = { id: ids.tenantId, name: '' };
  const assignment = { tenant, issuedAt: start, exams: [], visitorExamId: null, candidates: [], proctors: [] };
  const content = { assignment, bank, photos: {} };
  const bytes = sealPackage({ ...ids, issuedAt: start, notBefore: start, notAfter: end }, content, station, center);
  const gzipped = gzipSync(JSON.stringify(content));
  const opening = {
    ...{ centerKey: center.publicKey, stationId: ids.stationId, now },
    keyFrom: (half: string) => keyFrom(half, secret, station),
  };
  return {
    openPackage: timed(SOLVES, () => openPackage(bytes, opening)),
    bareParse: timed(SOLVES, () => JSON.parse(gunzipSync(gzipped).toString('utf8'))),
  };
}

function timed(rounds: number, work: (n: number) => unknown): Timing {
  const times = Array.from({ length: rounds }, (_, n) => {
    const start = performance.now();
    work(n);
    return performance.now() - start;
  });
  return timingOf(times);
}

/** The same rows and enemies as one integer program, random weights for a random form. */
function solve(bank: Bank, blueprint: Blueprint, solver: Solver): ReadonlyMap<string, number> | undefined {
  const choices = blueprint.rows.flatMap((row, r) =>
    bank.items.flatMap((item, at) => (isIn(row, item) ? [{ r, at, item, name: `x${r}_${at}` }] : [])),
  );
  const sum = (of: typeof choices): string => of.map(({ name }) => name).join(' + ');
  const perPlace = [...Map.groupBy(choices, ({ item, at }) => item.enemies ?? at).values()].filter(
    (all) => all.length > 1,
  );
  return solver.solve(
    [
      'Minimize',
      `w: ${choices.map(({ name }) => `${randomInt(1_000)} ${name}`).join(' + ')}`,
      'Subject To',
      ...blueprint.rows.map(({ count }, r) => `r${r}: ${sum(choices.filter((one) => one.r === r))} = ${count}`),
      ...perPlace.map((all, at) => `p${at}: ${sum(all)} <= 1`),
      'Binary',
      ...choices.map(({ name }) => name),
      'End',
    ].join('\n'),
  );
}
