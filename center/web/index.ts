/** Pages for people in a browser. */
export { certificateRoutes } from './certificate-routes.ts';

export { asksForPage, sendErrorPage } from './error-page.ts';
export { MESSAGES } from './messages.ts';
export { pageRoutes } from './routes.ts';
