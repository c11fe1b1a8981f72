/** What can be written down and read again. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One step of the lockdown, and the way back. A step never throws a setting away: what it finds is looked at first, and
 * the sequence writes that down before anything is changed.
 */
export type Step = {
  /** In the words of docs/kiosk.md. */
  readonly name: string;
  /**
   * `program`: it goes with the program, however that ends. `machine`: it outlives a crash, so the next start undoes what
   * the journal says was done.
   */
  readonly scope: 'program' | 'machine';
  /** Why there is nothing to do on this machine; nothing where there is. */
  absent(): Promise<string | undefined> | string | undefined;
  /** What is there now: what going back means. */
  look(): Promise<Json> | Json;
  perform(): Promise<void> | void;
  /** What is not as it should be; nothing where it holds. */
  verify(): Promise<string | undefined> | string | undefined;
  /**
   * Puts back what was found, also where `perform` was cut short, and also twice.
   * @param found as `look` said it; `undefined` where nobody knows any more: then to what a fresh system has
   */
  revert(found: Json | undefined): Promise<void> | void;
};

/** How a step stands. */
export type StepFinding = {
  readonly step: string;
  readonly state: 'held' | 'absent' | 'failed';
  /** Why it is absent, or what failed. */
  readonly detail: string;
};
