/** The forms this station hands out: sealed series, and who has seen what. */
export { type FormIssuer, openFormIssuer } from './issuer.ts';
