import type { Release, Update } from '../../contract/shell/update.ts';
import type { PublicKey } from '../../contract/words/keys.ts';

/** What updating needs of a system; each does it in its own way. */
export type Machine = {
  readonly platform: string;
  readonly arch: string;
  /** Whoever may replace programs here. */
  isAdministrator(): boolean;
  /** None where the program is not installed, or not whole. */
  installed(): Release | undefined;
  /** The update key that an administrator trusts here; none where nobody said so. */
  trustedKey(): PublicKey | undefined;
  /** Where a package is put before it is installed. Nobody but an administrator can write there. */
  incoming(): string;
  /**
   * Whether a package is inside what was signed about it.
   * @throws Refusal `update-invalid`
   */
  inspect(path: string, update: Update): void;
  /** Stops the kiosk, where the system runs it. @returns whether it did */
  stopKiosk(): boolean;
  /** @returns whether it runs */
  startKiosk(): boolean;
  /** Installs what came in, which is the system's from then on. @throws Error saying what went wrong */
  install(path: string, update: Update, former: Release | undefined): Promise<Installation>;
  /** How somebody goes back to a version. */
  wayBack(former: Release | undefined): string;
};

/** `begun`: the system goes on by itself once this program has ended, and nobody is told how. */
export type Installation = 'installed' | 'begun';
