/** Films and documents of courses on their way to this station. */
export { startMediaRounds } from './media-rounds.ts';
