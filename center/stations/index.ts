/** Stations: how they are enrolled and known again, and how ready they say they are. */
export { type Authenticated, authenticate } from './authenticate.ts';
export { addEnrolmentCode, enrol } from './enrol.ts';
export { migrations } from './migrations.ts';
export { type HeardStation, heardStations, keepReadiness } from './readiness.ts';
export { listStations, type Station, stationNames, stationOfTenant } from './stations.ts';
