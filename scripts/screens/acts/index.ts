import type { ActName } from '../screens.ts';
import type { Act } from '../stage.ts';
import { learning } from './learning.ts';
import { leaves } from './leaves.ts';
import { moves } from './moves.ts';
import { practice } from './practice.ts';
import { gestures, nobody, refusals } from './refusals.ts';
import { signs } from './signs.ts';
import { sitting } from './sitting.ts';
import { staff } from './staff.ts';
import { troubles } from './troubles.ts';

export const ACTS: Readonly<Record<ActName, Act>> = {
  ...{ sitting, refusals, nobody, practice, leaves },
  ...{ learning, signs, gestures, moves, staff, troubles },
};
