/** Pages for people in a browser. */

export { MESSAGES } from './messages.ts';
export { pageRoutes } from './routes.ts';
