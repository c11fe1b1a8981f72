/** Appeals against results: by the firm, or by whoever sat the exam; an inspector decides, and what is upheld is corrected. */
export { appealWaits, countDecided, forgetAppealsOf, forgetDecided } from './forgetting.ts';
export { listAppeals } from './listing.ts';
export { decideAppeal, makeAppeal, makeAppealByReceipt } from './making.ts';
export { FORGOTTEN_SCHEMA, migrations } from './migrations.ts';
export { type AppealedResult, appealOneself, appealsOfOneself, appealsOfReceipt } from './of-oneself.ts';
