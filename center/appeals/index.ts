/** Appeals against results: by the firm, or by whoever sat the exam; an inspector decides, and what is upheld is corrected. */
export { listAppeals } from './listing.ts';
export { decideAppeal, makeAppeal, makeAppealByReceipt } from './making.ts';
export { migrations } from './migrations.ts';
export { type AppealedResult, appealOneself, appealsOfOneself, appealsOfReceipt } from './of-oneself.ts';
