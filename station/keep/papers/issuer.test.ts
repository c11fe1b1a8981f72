import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BANK, EXAM } from '../../../authoring/bank.fixture.ts';
import { drawForm } from '../../../authoring/drawing/index.ts';
import { Blueprint } from '../../../contract/words/blueprint.ts';
import { CandidateId } from '../../../contract/words/ids.ts';
import { reasonOf } from '../../../tests/kit/refusals.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openVault } from '../../core/vault/index.ts';
import { manualClock } from '../../station.fixture.ts';
import { openFormIssuer } from './issuer.ts';

const wang = CandidateId.parse('cd_wang');
const li = CandidateId.parse('cd_li');
function open() {
  const [database, vault, clock] = [openDatabase(':memory:'), openVault(randomBytes(32)), manualClock()];
  return {
    database,
    clock,
    desk: openFormIssuer(database, vault, clock),
    again: () => openFormIssuer(database, vault, clock),
  };
}
const ids = (form: ReturnType<typeof drawForm>) => form.items.map(({ itemId }) => itemId);

describe('the desk', () => {
  it('hands out the forms of one series, one after the other, also after a restart', () => {
    const { desk, again } = open();
    const seeds = [desk, desk, again()].map((one) => one.issue(BANK, EXAM.blueprint, wang).seed);
    expect(seeds.map((seed) => seed.split('/')[1])).toEqual(['0', '1', '2']);
    expect(new Set(seeds.map((seed) => seed.split('/')[0])).size).toBe(1);
  });

  it('shows a commitment, from which nobody draws the form, and reveals what draws it again', () => {
    const { desk } = open();
    const form = desk.issue(BANK, EXAM.blueprint, wang);
    expect(form.seed).toMatch(/^sha256:[0-9a-f]{64}\/0$/);
    expect(ids(drawForm(BANK, EXAM.blueprint, form.seed))).not.toEqual(ids(form));
    const { formHash, items } = drawForm(BANK, EXAM.blueprint, desk.reveal(form.seed) ?? '');
    expect({ formHash, items }).toEqual({ formHash: form.formHash, items: form.items });
    expect(desk.reveal(`sha256:${'0'.repeat(64)}/0`)).toBeUndefined();
  });

  it('draws from the part of its seat where the blueprint says how much neighbours may share, and nowhere else', () => {
    const [database, vault, clock] = [openDatabase(':memory:'), openVault(randomBytes(32)), manualClock()];
    const desk = openFormIssuer(database, vault, clock, { part: { at: 3, of: 4 } });
    expect(desk.issue(BANK, EXAM.blueprint, wang).seed).toMatch(/\/0$/);
    const apart = Blueprint.parse({ rows: [{ kind: 'single', count: 2, marks: 1 }], rules: { maxOverlap: 0.5 } });
    const form = desk.issue(BANK, apart, wang);
    expect(form.seed).toMatch(/\/0:3of4$/);
    expect(ids(drawForm(BANK, apart, desk.reveal(form.seed) ?? ''))).toEqual(ids(form));
  });

  it('writes its series nowhere in plain text', () => {
    const { desk, database } = open();
    const form = desk.issue(BANK, EXAM.blueprint, wang);
    const [series = ''] = (desk.reveal(form.seed) ?? '').split('/');
    expect(series.length).toBeGreaterThan(16);
    for (const text of [series, Buffer.from(series, 'hex')]) expect(database.serialize().includes(text)).toBe(false);
  });

  it('gives a candidate nothing seen within the months the blueprint says, and everything again afterwards', () => {
    const { desk, clock } = open();
    const blueprint = Blueprint.parse({ rows: [{ kind: 'single', count: 6, marks: 1 }], rules: { unseenMonths: 1 } });
    const [first, second] = [desk.issue(BANK, blueprint, wang), desk.issue(BANK, blueprint, wang)];
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(12);
    expect(reasonOf(() => desk.issue(BANK, blueprint, wang))).toBe('bank-too-small');
    expect(desk.issue(BANK, blueprint, li).withheld).toBeUndefined();
    clock.advance(32 * 24 * 3_600_000);
    expect(desk.issue(BANK, blueprint, wang).withheld).toBeUndefined();
  });
});
