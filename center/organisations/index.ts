/** The tree of the platform: counties, streets, and whoever has people or stations; who registers, and what the lists say. */
export { addOrganisation, foundFirm } from './adding.ts';
export { changeOrganisation, namePlatform } from './changing.ts';
export { firmCalled } from './firm-called.ts';
export { type FirmWithin, firmsWithin, type WhichFirms } from './firms-within.ts';
export { idsWithin } from './ids-within.ts';
export { importTree } from './importing.ts';
export { putLists, readLists } from './lists.ts';
export { migrations } from './migrations.ts';
export { moveOrganisation } from './moving.ts';
export { nameFirm } from './naming.ts';
export { type FirmsToJoin, firmsToJoin, type PlaceWithin, placesWithin } from './places-within.ts';
export { countOrganisations, listOrganisations, openPlaces, readOrganisation } from './reading.ts';
export {
  type Applicants,
  type Approved,
  registerOrganisation,
  registrationState,
  type TellApplied,
} from './registering.ts';
export { type OrganisationPlace, placeOfTenant, placesOf, ROOT, tenantsWithin } from './rows.ts';
export { closeOrganisation, decideOrganisation, NEXT } from './settling.ts';
export { type Supplier, suppliersWithin } from './suppliers.ts';
export { readingBehind, withinReach } from './within-reach.ts';
