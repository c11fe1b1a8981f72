import type { ErasedFacts, FoundPerson } from '../../contract/platform/person-files.ts';
import { SEE_RESULTS } from '../../contract/platform/results.ts';
import type { PersonFacts, PersonFile, PersonStatement } from '../../contract/records/person-file.ts';
import { endingOf, maskIdNumber } from '../../contract/words/id-number.ts';
import { type CandidateId, Instant, instant, type OrganisationId } from '../../contract/words/ids.ts';
import type { Locale } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { canonicalJson, hashOf, listOfKeys } from '../../proof/index.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { certificatesOfPeople } from '../certificates/index.ts';
import { type FirmWithin, firmsWithin } from '../organisations/index.ts';
import {
  erasedAt,
  findPeopleWithin,
  membershipsOfPeople,
  type PersonAt,
  peopleWithin,
  personKey,
  samePerson,
} from '../people/index.ts';
import { recordsOfPeople } from '../results/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { drawPerson } from './paper.ts';

const firmsOf = async (actor: ActingAccount, { db }: Pick<Center, 'db'>) => {
  const firms = await firmsWithin(actor, db, SEE_RESULTS);
  return { firms, byTenant: new Map(firms.map((firm) => [firm.tenantId, firm])) };
};

/** People of the firms within reach, each once. That somebody looked is written down. */
export async function findPersons(
  actor: ActingAccount,
  center: Pick<Center, 'db'>,
  search: string,
): Promise<{ readonly rows: readonly FoundPerson[]; readonly next: null }> {
  const { db } = center;
  const { firms, byTenant } = await firmsOf(actor, center);
  const tenantIds = firms.map(({ tenantId }) => tenantId);
  const found = await findPeopleWithin(db, tenantIds, search);
  const only = firms.length === 1 ? (firms[0]?.tenantId ?? null) : null;
  await noteDone(actor, db, { tenantId: only, what: 'looked', subject: { kind: 'list', id: 'people' } });
  const known = await peopleWithin(db, found);
  const all = found.flatMap((at) => {
    const [one, firm] = [known.get(personKey(at)), byTenant.get(at.tenantId)];
    return one && firm ? [{ at, one, firm }] : [];
  });
  const rows = [...Map.groupBy(all, ({ one }) => one.number)].flatMap(([number, of]) => {
    const [first] = of;
    if (!first) return [];
    const { at, one, firm } = first;
    const names = of.map((other) => other.firm.name);
    const shown = { name: one.name, number: maskIdNumber(number), firms: names };
    return [{ organisationId: firm.id, candidateId: at.candidateId, ...shown }];
  });
  return { rows: rows.toSorted((a, b) => (a.name < b.name ? -1 : 1)), next: null };
}

/**
 * All of one person at the firms within reach: a firm sees what happened at it, whoever supervises what happened below. The look is
 * written down at each firm that something is shown of.
 * @throws Refusal `person-unknown` where nobody within reach is meant, `person-erased`
 */
export async function personFacts(
  actor: ActingAccount,
  center: Pick<Center, 'db' | 'now'>,
  organisationId: OrganisationId,
  candidateId: CandidateId,
): Promise<PersonFacts> {
  const { db, now } = center;
  const { firms, byTenant } = await firmsOf(actor, center);
  const at = firms.find(({ id }) => id === organisationId);
  const wanted: PersonAt | undefined = at && { tenantId: at.tenantId, candidateId };
  const known = wanted && (await peopleWithin(db, [wanted])).get(personKey(wanted));
  if (!known) throw await nobodyThere(db, wanted);
  const tenantIds = firms.map(({ tenantId }) => tenantId);
  const everywhere = await samePerson(db, tenantIds, known.number);
  for (const { tenantId, candidateId: id } of everywhere)
    await noteDone(actor, db, { tenantId, what: 'looked', subject: { kind: 'candidate', id } });
  const memberships = await membershipsOfPeople(db, everywhere);
  return {
    ...{ name: known.name, ending: endingOf(known.number) },
    firms: memberships.map((one) => ({ ...one, firm: (byTenant.get(one.tenantId) as FirmWithin).name })),
    results: await recordsOfPeople(db, firms, everywhere),
    certificates: await certificatesOfPeople(db, everywhere, now()),
  };
}

async function nobodyThere(db: Center['db'], wanted: PersonAt | undefined): Promise<Refusal> {
  const erased = wanted && (await erasedAt(db, wanted));
  return erased ? new Refusal('person-erased', instant(erased)) : new Refusal('person-unknown', 'nobody within reach');
}

/** The same, or when they were erased. @throws Refusal `person-unknown` */
export async function personOrErased(
  actor: ActingAccount,
  center: Pick<Center, 'db' | 'now'>,
  organisationId: OrganisationId,
  candidateId: CandidateId,
): Promise<PersonFacts | ErasedFacts> {
  try {
    return await personFacts(actor, center, organisationId, candidateId);
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'person-erased') return { erasedAt: Instant.parse(error.detail) };
    throw error;
  }
}

/** The same as a file that the center signs. @throws Refusal as {@link personFacts} */
export async function personFile(
  actor: ActingAccount,
  center: Center,
  organisationId: OrganisationId,
  candidateId: CandidateId,
): Promise<string> {
  await center.readKeysAnew();
  return signedFile(center, await personFacts(actor, center, organisationId, candidateId));
}

/**
 * The same on paper, which carries the signed file: what it says is held against that, or against what the page shows now.
 * @throws Refusal as {@link personFacts}
 */
export async function personPaper(
  actor: ActingAccount,
  center: Center,
  { organisationId, candidateId, language }: PaperWish,
): Promise<Buffer> {
  await center.readKeysAnew();
  const facts = await personFacts(actor, center, organisationId, candidateId);
  const hash = hashOf(facts);
  const page = `/platform/#/person/${encodeURIComponent(`${organisationId} ${candidateId}`)}?facts=${hash}`;
  return drawPerson({
    ...{ facts, hash, language, by: actor.name, at: center.now() },
    code: center.address
      ? `${center.address.replace(/\/+$/, '')}${page}`
      : `urn:exam-station:person-facts:sha256:${hash}`,
    file: { name: `${candidateId}.person.json`, text: signedFile(center, facts) },
  });
}

type PaperWish = {
  readonly organisationId: OrganisationId;
  readonly candidateId: CandidateId;
  readonly language: Locale;
};

function signedFile(center: Center, facts: PersonFacts): string {
  const says: PersonStatement = {
    ...{ format: 'exam-station/person@1', facts: hashOf(facts), at: instant(center.now()) },
  };
  const signature = center.signer.sign('exam-station/person', says);
  const file: PersonFile = {
    ...{ format: 'exam-station/person-file@1', centerKey: center.keys.root, keys: listOfKeys(center.keys) },
    ...{ facts, signature },
  };
  return canonicalJson(file);
}
