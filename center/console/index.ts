/** What an operator's programs call. */
export { operatorRoutes } from './routes.ts';
