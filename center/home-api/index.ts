/** Learning at home, as phones and computers ask for it. */
export { homeRoutes } from './routes.ts';
