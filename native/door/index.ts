/** The world outside a gate: a relay that opens a door or a turnstile. */
export { type Door, openRelay } from './relay.ts';
