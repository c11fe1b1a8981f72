/** Banks as the center sent them, sealed. */
export { type BankStore, openBankStore, storeBank } from './bank-store.ts';
