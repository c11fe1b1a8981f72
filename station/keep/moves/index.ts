/** Sittings that go on at another station: the files that carry them, out and in. */

export { type Arrivals, arrivalsEraser, countArrivals, openArrivals } from './arrivals.ts';
export { arrivingGuests } from './arriving-guests.ts';
export { type Beginnings, type Begun, type BegunState, beginningsEraser, openBeginnings } from './beginnings.ts';
export { arrivedInWords, type Carried, carriedFrom } from './carry.ts';
export { type Claims, openClaims } from './claims.ts';
export { type Departure, type Departures, departuresEraser, openDepartures, rescueName } from './departures.ts';
export type { HeardMove } from './heard-move.ts';
