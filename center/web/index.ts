/** Pages for people in a browser. */

export { asksForPage, sendErrorPage } from './error-page.ts';
export { MESSAGES } from './messages.ts';
export { pageRoutes } from './routes.ts';
