/** Learning at home, as phones and computers ask for it. */
export { isAtHome, sendHomeRefusal } from './refusal-page.ts';
export { homeRoutes } from './routes.ts';
