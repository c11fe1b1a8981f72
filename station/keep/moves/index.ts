/** Sittings that go on at another station: the files that carry them, out and in. */
export { type Arrivals, countArrivals, openArrivals } from './arrivals.ts';
export { arrivedInWords, type Carried, carriedFrom } from './carry.ts';
export { type Claims, openClaims } from './claims.ts';
export { type Departure, type Departures, openDepartures, rescueName } from './departures.ts';
