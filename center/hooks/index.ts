/** Addresses of other programs that are told of what happens: in messages that are signed, kept until they arrive. */
export { hookDelivery, signatureOf, type Ways } from './delivering.ts';
export { type Happened, happened } from './happened.ts';
export { addHook, endHook, listDeliveries, listHooks, testHook } from './keeping.ts';
export { migrations } from './migrations.ts';
