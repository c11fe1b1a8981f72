import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { licenceCheckCharacter } from '../../contract/platform/licence-number.ts';
import { type NewOrganisation, type Organisation, Registration } from '../../contract/platform/organisations.ts';
import { OrganisationId, TenantId } from '../../contract/words/ids.ts';
import { type ActingAccount, readTenant, type System, tenantOfToken } from '../tenants/index.ts';
import { accountAt, addOtherTenant, openTestCenter, type TestCenter } from '../testing/index.ts';
import {
  type Approved,
  addOrganisation,
  changeOrganisation,
  closeOrganisation,
  countOrganisations,
  decideOrganisation,
  listOrganisations,
  moveOrganisation,
  namePlatform,
  openPlaces,
  placeOfTenant,
  placesOf,
  putLists,
  ROOT,
  readLists,
  readOrganisation,
  registerOrganisation,
  registrationState,
} from './index.ts';

const SYSTEM: System = { kind: 'system' };
let open: TestCenter;
let admin: ActingAccount;
const db = () => open.center.db;

beforeAll(async () => {
  open = await openTestCenter({ seed: 'none' });
  admin = await accountAt(open, 'platform', ROOT);
});
afterAll(() => open.close());

let count = 0;
const nothing = { licence: null, sector: null, size: null, contact: null, phone: null } as const;
const add = (kind: NewOrganisation['kind'], parentId: OrganisationId, more: Partial<NewOrganisation> = {}) => {
  count += 1;
  return addOrganisation(admin, db(), { ...nothing, kind, parentId, name: `${kind} ${count}`, ...more });
};
const licence = (): string => {
  count += 1;
  const first = `91310100MA1K${String(count).padStart(5, '0')}`;
  return first + licenceCheckCharacter(first);
};
const wishOf = (more: object = {}) => ({ after: undefined, size: 50, ...more }) as never;
const namesOf = async (actor: ActingAccount, more: object = {}) =>
  (await listOrganisations(actor, db(), wishOf(more))).rows.map(({ name }) => name);
const audited = async (id: string) =>
  (await db().query('SELECT what FROM audit_lines WHERE subject_id = $1 ORDER BY sequence', [id])).map(
    ({ what }) => what,
  );

describe('a firm', () => {
  test('that comes by any way has its place below the root, and one name', async () => {
    await addOtherTenant(open, 'tn_early', '早来企业');
    const { rows } = await listOrganisations(admin, db(), wishOf({ kind: 'firm', search: '早来' }));
    expect(rows).toMatchObject([{ parentId: ROOT, tenantId: 'tn_early', state: 'approved', children: 0 }]);
    const id = rows[0]?.id as OrganisationId;
    await changeOrganisation(admin, db(), id, { name: '晚来企业' });
    expect(await readTenant(SYSTEM, db(), TenantId.parse('tn_early'))).toMatchObject({ name: '晚来企业' });
    expect(await placeOfTenant(db(), TenantId.parse('tn_early'))).toMatchObject({ id, name: '晚来企业' });
    expect(await audited(id)).toEqual(['organisation-added', 'organisation-changed']);
  });

  test('has data of its own, and so have agencies and rooms, but no place of the tree and no vendor', async () => {
    const county = await add('county', ROOT);
    const own = await Promise.all((['firm', 'agency', 'room'] as const).map((kind) => add(kind, county.id)));
    for (const { tenantId, name } of own)
      expect(await readTenant(SYSTEM, db(), tenantId as TenantId)).toMatchObject({ name });
    expect([county, await add('street', county.id), await add('vendor', ROOT)].map(({ tenantId }) => tenantId)).toEqual(
      [...[null, null, null]],
    );
  });

  test('changes of itself whom to ring and its size, and neither its name, its licence nor its sector', async () => {
    const county = await add('county', ROOT);
    const firm = await add('firm', county.id);
    const owner = await accountAt(open, 'firm', firm.id);
    expect(await changeOrganisation(owner, db(), firm.id, { phone: '021-1', size: 'micro' })).toMatchObject({
      ...{ phone: '021-1', size: 'micro', name: firm.name },
    });
    for (const change of [{ name: 'x' }, { licence: licence() }, { sector: null, phone: '1' }])
      await expect(changeOrganisation(owner, db(), firm.id, change)).rejects.toMatchObject({ reason: 'unauthorised' });
    const bureau = await accountAt(open, 'bureau', county.id);
    const number = licence();
    expect(await changeOrganisation(bureau, db(), firm.id, { licence: number })).toMatchObject({ licence: number });
    await expect(changeOrganisation(bureau, db(), county.id, { phone: '1' })).rejects.toMatchObject({
      reason: 'unauthorised',
    });
  });
});

describe('a place', () => {
  test('is only where its kind may be', async () => {
    const firm = await add('firm', ROOT);
    const county = await add('county', ROOT);
    for (const [kind, at] of [
      ...([
        ['street', ROOT],
        ['county', county.id],
        ['vendor', county.id],
        ['room', firm.id],
      ] as const),
    ])
      await expect(add(kind, at)).rejects.toMatchObject({ reason: 'organisation-misplaced' });
    await expect(add('firm', OrganisationId.parse('og_none'))).rejects.toMatchObject({
      reason: 'organisation-unknown',
    });
  });

  test('has its name alone at its parent, and its licence number alone at all', async () => {
    const [one, other] = [await add('county', ROOT), await add('county', ROOT)];
    await add('street', one.id, { name: '同名街道' });
    await add('street', other.id, { name: '同名街道' });
    await expect(add('street', one.id, { name: '同名街道' })).rejects.toMatchObject({ reason: 'organisation-there' });
    const number = licence();
    await add('firm', one.id, { licence: number });
    await expect(add('agency', other.id, { licence: number })).rejects.toMatchObject({ reason: 'organisation-there' });
  });

  test('goes on with all below it, and never below itself', async () => {
    const [from, to] = [await add('county', ROOT), await add('county', ROOT)];
    const street = await add('street', from.id);
    const [firm, other] = [await add('firm', street.id), await add('firm', from.id)];
    const moved = await moveOrganisation(admin, db(), street.id, to.id);
    expect((await readOrganisation(admin, db(), to.id)).organisation.children).toBe(1);
    expect(moved).toMatchObject({ parentId: to.id, path: `${to.path}${street.id}/` });
    const places = await placesOf(db(), [firm.id, other.id]);
    expect(places.get(firm.id)?.path).toBe(`${to.path}${street.id}/${firm.id}/`);
    expect(places.get(other.id)?.path).toBe(other.path);
    expect((await readOrganisation(admin, db(), firm.id)).above.map(({ id }) => id)).toEqual([ROOT, to.id, street.id]);
    for (const parent of [street.id, firm.id])
      await expect(moveOrganisation(admin, db(), street.id, parent)).rejects.toMatchObject({
        reason: 'organisation-misplaced',
      });
    await expect(moveOrganisation(admin, db(), ROOT, to.id)).rejects.toMatchObject({ reason: 'unauthorised' });
  });

  test('that two move into each other at once ends in no circle', async () => {
    const [one, other] = [await add('county', ROOT), await add('county', ROOT)];
    const streets = [await add('street', one.id), await add('street', other.id)];
    const firms = await Promise.all(streets.map(({ id }) => add('firm', id)));
    await Promise.allSettled([
      moveOrganisation(admin, db(), (streets[0] as Organisation).id, other.id),
      add('firm', (streets[0] as Organisation).id),
      moveOrganisation(admin, db(), (streets[1] as Organisation).id, one.id),
      moveOrganisation(admin, db(), (firms[0] as Organisation).id, (streets[1] as Organisation).id),
    ]);
    const wrong = await db().query(
      `SELECT c.id FROM organisations c JOIN organisations p ON p.id = c.parent_id WHERE c.path <> p.path || c.id || '/'`,
    );
    expect(wrong).toEqual([]);
  });

  test('that is closed takes nobody in, closes when nothing below it is open, and can be opened again', async () => {
    const county = await add('county', ROOT);
    const firm = await add('firm', county.id);
    const note = { note: '停业' };
    await expect(closeOrganisation(admin, db(), county.id, note)).rejects.toMatchObject({
      reason: 'organisation-settled',
    });
    expect(await closeOrganisation(admin, db(), firm.id, note)).toMatchObject({ state: 'closed', note: '停业' });
    await closeOrganisation(admin, db(), county.id, note);
    await expect(closeOrganisation(admin, db(), firm.id, note)).rejects.toMatchObject({
      reason: 'organisation-settled',
    });
    await expect(changeOrganisation(admin, db(), firm.id, { phone: '1' })).rejects.toMatchObject({
      reason: 'organisation-settled',
    });
    await expect(add('firm', county.id)).rejects.toMatchObject({ reason: 'organisation-settled' });
    const again = (id: OrganisationId) => decideOrganisation(admin, db(), id, { approve: true, note: '' }, NOBODY);
    await expect(again(firm.id)).rejects.toMatchObject({ reason: 'organisation-settled' });
    await again(county.id);
    expect(await again(firm.id)).toMatchObject({ state: 'approved', tenantId: firm.tenantId });
  });

  test('that is closed ends its operators’ tokens', async () => {
    const { token } = await addOtherTenant(open, 'tn_gone', '关门企业');
    const { id } = await placeOfTenant(db(), TenantId.parse('tn_gone'));
    expect(await tenantOfToken(db(), token, new Date())).toMatchObject({ tenantId: 'tn_gone' });
    await closeOrganisation(admin, db(), id, { note: '关门' });
    expect(await tenantOfToken(db(), token, new Date())).toBeUndefined();
  });
});

const NOBODY = { letIn: async () => undefined };

describe('a registration', () => {
  const someone = { kind: 'stranger', address: '10.0.0.9' } as const;
  const hash = {
    makeCredential: async (password: string) => `hash of ${password}`,
    isLoginTaken: async (_db: unknown, login: string) => login === 'somebody',
  };
  const registrationAt = (parentId: OrganisationId, more: object = {}): Registration => {
    count += 1;
    return Registration.parse({
      ...{ ...nothing, name: `新企业 ${count}`, licence: licence(), kind: 'firm', parentId, contact: '张三' },
      ...{ login: `login${count}`, password: 'long enough 1', ...more },
    });
  };

  test('waits for a bureau, and whoever made it has an account from then on', async () => {
    const county = await add('county', ROOT);
    const wish = registrationAt(county.id);
    const told = await registerOrganisation(someone, open.center, wish, hash);
    expect(await registrationState(someone, open.center, told)).toEqual({
      ...{ name: wish.name, state: 'applied', note: null },
    });
    expect((await readOrganisation(admin, db(), told.id)).organisation).toMatchObject({
      ...{ state: 'applied', tenantId: null },
    });
    const bureau = await accountAt(open, 'bureau', county.id);
    expect((await countOrganisations(bureau, db())).applied).toBe(1);
    const letIn: Approved[] = [];
    const keeping = { letIn: async (_actor: ActingAccount, _tx: unknown, whose: Approved) => void letIn.push(whose) };
    const decided = await decideOrganisation(bureau, db(), told.id, { approve: true, note: '同意' }, keeping);
    expect(decided.tenantId).toMatch(/^tn_/);
    expect(letIn).toEqual([
      { login: wish.login, credential: 'hash of long enough 1', organisationId: told.id, role: 'firm', name: '张三' },
    ]);
    expect(await registrationState(someone, open.center, told)).toMatchObject({ state: 'approved', note: '同意' });
    await expect(
      decideOrganisation(bureau, db(), told.id, { approve: false, note: '' }, keeping),
    ).rejects.toMatchObject({ reason: 'organisation-settled' });
    const kept = await db().query('SELECT login, credential FROM registrations WHERE organisation_id = $1', [told.id]);
    expect(kept).toEqual([{ login: null, credential: null }]);
  });

  test('that is approved and whose account fails is not approved', async () => {
    const county = await add('county', ROOT);
    const told = await registerOrganisation(someone, open.center, registrationAt(county.id), hash);
    const failing = { letIn: () => Promise.reject(new Error('taken')) };
    await expect(decideOrganisation(admin, db(), told.id, { approve: true, note: '' }, failing)).rejects.toThrow(
      'taken',
    );
    expect((await readOrganisation(admin, db(), told.id)).organisation).toMatchObject({
      ...{ state: 'applied', tenantId: null },
    });
  });

  test('that is refused lets nobody in, and its licence number registers again', async () => {
    const county = await add('county', ROOT);
    const wish = registrationAt(county.id);
    const [first, second] = [
      await registerOrganisation(someone, open.center, wish, hash),
      await registerOrganisation(someone, open.center, { ...wish, login: `${wish.login}-b` }, hash),
    ];
    const decide = (id: OrganisationId, approve: boolean) =>
      decideOrganisation(admin, db(), id, { approve, note: '重复' }, NOBODY);
    await decide(first.id, true);
    await expect(decide(second.id, true)).rejects.toMatchObject({ reason: 'organisation-there' });
    expect(await decide(second.id, false)).toMatchObject({ state: 'refused', tenantId: null });
    await expect(registerOrganisation(someone, open.center, wish, hash)).rejects.toMatchObject({
      reason: 'organisation-there',
    });
  });

  test('has a login of its own: of two that want one, however close together, the second is told at once', async () => {
    const county = await add('county', ROOT);
    const register = (login: string) =>
      registerOrganisation(someone, open.center, registrationAt(county.id, { login }), hash).then(
        ({ id }) => id,
        ({ reason }) => String(reason),
      );
    const told = await Promise.all(Array.from({ length: 3 }, () => register('wanted')));
    expect(told.filter((one) => one === 'login-taken')).toHaveLength(2);
    expect(await register('somebody')).toBe('login-taken');
    // Refused, it is free again.
    const id = OrganisationId.parse(told.find((one) => one !== 'login-taken'));
    await decideOrganisation(admin, db(), id, { approve: false, note: '' }, NOBODY);
    expect(await register('wanted')).toMatch(/^og_/);
  });

  test('is told to whoever has its secret: another is answered like one that is not there', async () => {
    const told = await registerOrganisation(someone, open.center, registrationAt((await add('county', ROOT)).id), hash);
    const asked = [
      { id: told.id, secret: 'wrong' },
      { id: OrganisationId.parse('og_none'), secret: told.secret },
    ];
    for (const wrong of asked)
      await expect(registrationState(someone, open.center, wrong)).rejects.toMatchObject({
        reason: 'registration-unknown',
      });
  });

  test('is made below a county or a street alone', async () => {
    const firm = await add('firm', ROOT);
    for (const at of [ROOT, firm.id, OrganisationId.parse('og_none')])
      await expect(registerOrganisation(someone, open.center, registrationAt(at), hash)).rejects.toMatchObject({
        reason: 'organisation-misplaced',
      });
    expect((await openPlaces(db())).every(({ kind }) => kind === 'county' || kind === 'street')).toBe(true);
  });

  test('costs whoever makes many of them a wait', async () => {
    const county = await add('county', ROOT);
    const many = { kind: 'stranger', address: '10.0.0.77' } as const;
    const made: string[] = [];
    for (let n = 0; n < 25; n += 1)
      await registerOrganisation(many, open.center, registrationAt(county.id), hash).then(
        () => made.push('made'),
        ({ reason }) => made.push(reason),
      );
    expect(made.indexOf('try-later')).toBe(20);
    expect(made.slice(20).every((one) => one === 'try-later')).toBe(true);
  });
});

describe('a list of organisations', () => {
  test('goes on where the page before ended, whatever was added meanwhile', async () => {
    const county = await add('county', ROOT);
    for (let n = 0; n < 7; n += 1) await add('firm', county.id, { name: `页 ${n}` });
    const wish = { below: county.id, size: 3 };
    const first = await listOrganisations(admin, db(), wishOf(wish));
    await add('firm', county.id, { name: '页 0a' });
    const second = await listOrganisations(admin, db(), wishOf({ ...wish, after: first.next }));
    const third = await listOrganisations(admin, db(), wishOf({ ...wish, after: second.next }));
    const names = [first, second, third].flatMap(({ rows }) => rows.map(({ name }) => name));
    expect(names).toEqual(['页 0', '页 1', '页 2', '页 3', '页 4', '页 5', '页 6']);
    expect(third.next).toBeNull();
    await expect(listOrganisations(admin, db(), wishOf({ after: 'WyJhIl0' }))).rejects.toMatchObject({
      reason: 'bad-message',
    });
  });

  test('finds what stands in a name in any width and case, and what begins a licence number', async () => {
    const number = licence();
    const county = await add('county', ROOT);
    await add('firm', county.id, { name: '上海宏远（ABC）化工有限公司', licence: number });
    await add('firm', county.id, { name: '上海宏大化工_有限公司' });
    const found = (search: string) => namesOf(admin, { below: county.id, search });
    expect(await found('宏远')).toHaveLength(1);
    expect(await found('abc')).toHaveLength(1);
    expect(await found('ＡＢＣ')).toHaveLength(1);
    expect(await found('化工')).toHaveLength(2);
    expect(await found('化 工')).toHaveLength(2);
    expect(await found('工_有')).toHaveLength(1);
    expect(await found('%')).toEqual([]);
    expect(await found('宏化')).toEqual([]);
    expect(await found(number.slice(0, 12).toLowerCase())).toHaveLength(1);
    expect(await found(number.slice(1))).toEqual([]);
  });

  test('of one’s own reach names nothing beside it; an auditor sees nobody’s number', async () => {
    const [county, other] = [await add('county', ROOT), await add('county', ROOT)];
    const firm = await add('firm', county.id, { phone: '021-5', contact: '李四' });
    const beside = await add('firm', other.id);
    const bureau = await accountAt(open, 'bureau', county.id);
    expect((await namesOf(bureau)).sort()).toEqual([county.name, firm.name].sort());
    for (const below of [other.id, beside.id])
      await expect(listOrganisations(bureau, db(), wishOf({ below }))).rejects.toMatchObject({
        reason: 'organisation-unknown',
      });
    const auditor = await accountAt(open, 'auditor', county.id);
    expect((await readOrganisation(auditor, db(), firm.id)).organisation).toMatchObject({ phone: null, contact: null });
    expect((await readOrganisation(bureau, db(), firm.id)).organisation).toMatchObject({ phone: '021-5' });
  });

  test('reaches what lies below two places of theirs once', async () => {
    const county = await add('county', ROOT);
    const street = await add('street', county.id);
    const firm = await add('firm', street.id);
    const [one, two] = [await accountAt(open, 'bureau', county.id), await accountAt(open, 'bureau', street.id)];
    const both = { ...one, roles: [...one.roles, ...two.roles] };
    expect((await namesOf(both)).sort()).toEqual([county.name, firm.name, street.name].sort());
    expect(await namesOf({ ...one, roles: [] })).toEqual([]);
    expect(await countOrganisations(both, db())).toMatchObject({ counties: 1, streets: 1, firms: 1, applied: 0 });
  });

  test('is read by its indexes: by the path below a place, by pieces of a name, by the beginning of a number', async () => {
    const plan = (sql: string, params: readonly unknown[]) =>
      db().transaction(async (tx) => {
        await tx.query('SET LOCAL enable_seqscan = off');
        const rows = await tx.query(`EXPLAIN ${sql}`, params);
        return z
          .array(z.string())
          .parse(rows.map((row) => row['QUERY PLAN']))
          .join('\n');
      });
    expect(await plan('SELECT 1 FROM organisations o WHERE o.path LIKE $1', ['og\\_platform/og\\_a/%'])).toMatch(
      /organisations_by_path/,
    );
    const found = `SELECT 1 FROM organisations o WHERE (o.pieces @> search_pieces(search_text($1::text))
      AND strpos(o.search, search_text($1::text)) > 0) OR o.licence LIKE $2::text`;
    const searched = await plan(found, ['化工', '9131%']);
    expect(searched).toMatch(/organisations_by_pieces/);
    expect(searched).toMatch(/organisations_by_any_licence/);
  });
});

describe('the lists', () => {
  const entry = (name: string, isEnded = false) => ({ name, en: '', isEnded });

  test('keep what was once on them, ended; a sector is one that has not ended', async () => {
    const empty = { industry: [], area: [], category: [] };
    await putLists(admin, db(), { ...empty, industry: [entry('危化'), entry('建筑')] });
    const firm = await add('firm', ROOT, { sector: '建筑' });
    await putLists(admin, db(), { ...empty, industry: [entry('冶金'), entry('危化')] });
    expect(await readLists(db())).toEqual({ ...empty, industry: [entry('冶金'), entry('危化'), entry('建筑', true)] });
    for (const sector of ['建筑', '没有'])
      await expect(add('firm', ROOT, { sector })).rejects.toMatchObject({ reason: 'sector-unknown' });
    expect(await changeOrganisation(admin, db(), firm.id, { sector: '建筑', phone: '1' })).toMatchObject({
      sector: '建筑',
    });
    await expect(putLists(admin, db(), { ...empty, area: [entry('甲'), entry('甲')] })).rejects.toMatchObject({
      reason: 'bad-message',
    });
    expect(await audited('terms')).toEqual(['lists-changed', 'lists-changed']);
  });
});

test('the program alone names the platform, when it is set up', async () => {
  await namePlatform(SYSTEM, db(), '某市考试平台');
  expect((await readOrganisation(admin, db(), ROOT)).organisation).toMatchObject({ name: '某市考试平台' });
  await expect(namePlatform(admin as never, db(), 'x')).rejects.toMatchObject({ reason: 'unauthorised' });
});
