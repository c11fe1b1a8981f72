import { DatabaseTrouble } from '../database/index.ts';
import { ObjectsTrouble } from '../objects/index.ts';

/** Whether what was asked for may well be possible later: the database or the store was away or busy. */
export const mendsItself = (error: unknown): boolean =>
  error instanceof DatabaseTrouble || error instanceof ObjectsTrouble;
