import { z } from 'zod';
import { Instant, Sha256 } from '../words/ids.ts';
import { Refusal } from '../words/reasons.ts';

/** A version as releases are counted: three numbers, one spelling. */
export const Release = z
  .string()
  .regex(/^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}$/)
  .brand<'Release'>();
export type Release = z.infer<typeof Release>;

/** How packages of each system are called; a name never leads out of a folder. */
const PACKAGE_NAMES = { linux: /^\w[\w. -]{0,120}\.deb$/, win32: /^\w[\w. -]{0,120}\.exe$/ } as const;

/** What whoever ships the program signs about a package that replaces an installed one. */
export const Update = z
  .object({
    format: z.literal('exam-station/update@1'),
    version: Release,
    platform: z.enum(['linux', 'win32']),
    arch: z.literal('x64'),
    /** The package: its name, its bytes. */
    name: z.string(),
    sha256: Sha256,
    bytes: z.int().positive(),
    /** Before then it is not installed. */
    notBefore: Instant.optional(),
    /** The oldest version that this one can follow; any, where it is not said. */
    follows: Release.optional(),
  })
  .refine(({ platform, name }) => PACKAGE_NAMES[platform].test(name), { path: ['name'], error: 'no name of a package' })
  .readonly();
export type Update = z.infer<typeof Update>;

/** The machine it is to be installed on. */
export type Here = {
  readonly platform: string;
  readonly arch: string;
  /** None where the program is not installed, or not whole. */
  readonly installed: Release | undefined;
  readonly now: Instant;
};

export const isNewer = (one: Release, other: Release): boolean => {
  const [left, right] = [numbers(one), numbers(other)];
  const at = left.findIndex((number, place) => number !== right[place]);
  return at >= 0 && (left[at] as number) > (right[at] as number);
};

const numbers = (release: Release): readonly number[] => release.split('.').map(Number);

/**
 * Whether an update is for this machine, now.
 * @param downgrade somebody wants a version that is not newer
 * @throws Refusal `update-foreign`, `update-early`, `update-older`, `update-skips`
 */
export function mustFit(update: Update, here: Here, downgrade: boolean): void {
  const { version, platform, arch, notBefore, follows } = update;
  if (platform !== here.platform || arch !== here.arch)
    throw new Refusal('update-foreign', `for ${platform} ${arch}, this is ${here.platform} ${here.arch}`);
  if (notBefore !== undefined && here.now < notBefore) throw new Refusal('update-early', `not before ${notBefore}`);
  if (here.installed === undefined) return;
  if (!downgrade && !isNewer(version, here.installed))
    throw new Refusal('update-older', `${version}, and ${here.installed} is installed`);
  if (follows !== undefined && isNewer(follows, here.installed))
    throw new Refusal('update-skips', `follows ${follows} or newer, and ${here.installed} is installed`);
}
