import { tidy } from './cells.ts';

/**
 * A topic of a category as Moodle writes its path: `$course$/top/用电/触电`. A slash in a name is doubled there; here, where slashes
 * part, it becomes one of full width.
 */
export const moodleTopic = (category: string): string =>
  category
    .trim()
    .replace(/^\$[a-z]+\d*\$(\/|$)/i, '')
    .replace(/^top(\/|$)/, '')
    .replaceAll('//', '／')
    .split('/')
    .map((name) => tidy(name))
    .filter((name) => name !== '')
    .join('/');
