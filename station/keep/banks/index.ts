/** Banks as the center sent them, sealed. */
export { type BankStore, banksEraser, openBankStore, storeBank } from './bank-store.ts';
