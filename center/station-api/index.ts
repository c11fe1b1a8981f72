/** What stations call. */
export { stationRoutes } from './routes.ts';
