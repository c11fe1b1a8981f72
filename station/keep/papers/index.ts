/** The forms this station hands out: sealed series, and who has seen what. */
export { type FormDesk, openFormDesk } from './issuer.ts';
