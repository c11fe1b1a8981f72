/**
 * Results that vendors tell of, beside those that stations signed: nobody proves them, or another center does. They are in no log and
 * count nowhere.
 */
export { endCenter, listCenters, nameCenter } from './centers.ts';
export { forgetTold } from './forgetting.ts';
export { importToldResults } from './importing.ts';
export { listToldImports, listToldResults, toldOfPerson } from './listing.ts';
export { migrations } from './migrations.ts';
export { withdrawImport } from './withdrawing.ts';
