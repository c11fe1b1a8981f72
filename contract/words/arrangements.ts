import { z } from 'zod';
import { Locale } from './localized.ts';

/** More time than the exam gives. */
export const ExtraMinutes = z.int().min(0).max(240);
/** How large everything on the screen begins. */
export const Print = z.enum(['large', 'largest']);
export type Print = z.infer<typeof Print>;

const OTHERS = {
  print: Print.optional(),
  /** Questions are read aloud. */
  readAloud: z.literal(true).optional(),
  /** The face check asks for no gestures, and looks for longer instead. */
  noGestures: z.literal(true).optional(),
  /** The screen shows no changing colours at the face check. */
  noLight: z.literal(true).optional(),
  /** Of the screen, for this person. */
  language: Locale.optional(),
};

/** As an operator registers them: a word that this program does not have is refused, so that nobody counts on it. */
export const RegisteredArrangements = z.strictObject({ extraMinutes: ExtraMinutes.optional(), ...OTHERS }).readonly();

/** As another version of this program may have written them: what this one does not know is left out, and the rest is there. */
const READ = {
  print: OTHERS.print.catch(undefined),
  readAloud: OTHERS.readAloud.catch(undefined),
  noGestures: OTHERS.noGestures.catch(undefined),
  noLight: OTHERS.noLight.catch(undefined),
  language: OTHERS.language.catch(undefined),
};

/** What is registered for a candidate who cannot sit an exam as others do. What is not named is as for everybody. */
export const Arrangements = z.object({ extraMinutes: ExtraMinutes.optional().catch(undefined), ...READ }).readonly();
export type Arrangements = z.infer<typeof Arrangements>;

/** All but time, which has had its own place since before there were others: who knows only time goes on knowing it. */
export const OtherArrangements = z.object(READ).readonly().catch({});
export type OtherArrangements = z.infer<typeof OtherArrangements>;

/** Of somebody on a roster, as this or an earlier program wrote it. */
type Arranged = {
  readonly extraMinutes?: number | undefined;
  readonly arrangements?: OtherArrangements | undefined;
};

/** All that is registered for somebody; nothing where nothing is. */
export function arrangementsOf({ extraMinutes, arrangements = {} }: Arranged): Arrangements | undefined {
  const all = Object.entries({ extraMinutes, ...arrangements }).filter(([, granted]) => granted);
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}

/** The other way: as a roster has them. */
export function asArranged({ extraMinutes, ...others }: Arrangements): Arranged {
  const arrangements = arrangementsOf({ arrangements: others });
  return { ...(extraMinutes ? { extraMinutes } : {}), ...(arrangements ? { arrangements } : {}) };
}
