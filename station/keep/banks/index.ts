/** Banks as the center sent them, sealed. */
export { type BankStore, eraseBanksOf, openBankStore, storeBank } from './bank-store.ts';
