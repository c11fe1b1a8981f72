/** Who takes part, over many firms and months; what is told of it, to whom, and when. */
export { readBulletin } from './bulletin.ts';
export { bulletinExport, exportBulletin, exportBulletinLong } from './exporting.ts';
export type { BulletinFile } from './files.ts';
export { foldFirmFigures } from './firm-figures.ts';
export { makeFile } from './making.ts';
export { migrations } from './migrations.ts';
export { participation } from './participation.ts';
export { bulletinPeople } from './people.ts';
export { putWeights } from './weights.ts';
export { titleOf as bulletinTitle } from './words.ts';
