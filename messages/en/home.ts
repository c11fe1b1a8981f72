import type { home as zh } from '../zh/home.ts';

/** For whoever learns at home. English. */
export const home: Readonly<Record<keyof typeof zh, string>> = {
  'home.title': 'Learning at home',
  'home.not-built': 'These pages are not installed yet. Please tell your company’s administrator.',
  'home.nothing-here': 'There is nothing here.',
  'home.to-start': 'Back to the start',
};
