import { z } from 'zod';

export const ScormVersion = z.enum(['1.2', '2004']);
export type ScormVersion = z.infer<typeof ScormVersion>;

/** An address inside of a package, with whatever it is asked: never one of somewhere else. */
const LaunchAddress = z
  .string()
  .min(1)
  .max(2_000)
  .refine((text) => isInside(text), { error: 'leads out of the package' });

const ROOT = 'http://package.invalid/root/';

/** Whether an address that a package names stays in it, as a browser reads it. */
export function isInside(address: string): boolean {
  const url = URL.parse(address, ROOT);
  return url?.href.startsWith(ROOT) === true && url.pathname !== '/root/' && !/^[a-z][a-z0-9+.-]*:/i.test(address);
}

/** The file that such an address names, as the package calls it. Nothing where it names none. */
export function fileOfAddress(address: string): string | undefined {
  const path = URL.parse(address, ROOT)?.pathname.slice('/root/'.length);
  try {
    return path ? decodeURIComponent(path) : undefined;
  } catch {
    return undefined;
  }
}

/** What can be launched of a package. */
export const ScormUnit = z
  .object({
    launch: LaunchAddress,
    /** From which on it is passed: 0 to 100 in 1.2, -1 to 1 in 2004. */
    masteryScore: z.number().min(-1).max(100).optional(),
    /** What the package is handed when it begins, as its manifest has it. */
    launchData: z.string().max(4_000).optional(),
  })
  .readonly();
export type ScormUnit = z.infer<typeof ScormUnit>;

/** What a package says of itself. Nobody checks it. */
export const PackageSaid = z
  .object({
    status: z.enum(['incomplete', 'failed', 'completed', 'passed']),
    /** Of 100. */
    score: z.number().min(0).max(100).optional(),
  })
  .readonly();
export type PackageSaid = z.infer<typeof PackageSaid>;

/** Whether a package says that nothing is left to do. */
export const isDoneBySaying = (said: PackageSaid | undefined): boolean =>
  said?.status === 'completed' || said?.status === 'passed';

type Rank = Readonly<Record<PackageSaid['status'], number>>;
const OF_ALL: Rank = { incomplete: 0, failed: 1, completed: 2, passed: 3 };
const OF_ONE: Rank = { incomplete: 0, completed: 1, failed: 2, passed: 3 };

const bestBy =
  (rank: Rank) =>
  (one: PackageSaid | undefined, other: PackageSaid | undefined): PackageSaid | undefined => {
    if (!one || !other) return one ?? other;
    const { status } = rank[other.status] > rank[one.status] ? other : one;
    const scores = [one.score, other.score].filter((score) => score !== undefined);
    return { status, ...(scores.length > 0 ? { score: Math.max(...scores) } : {}) };
  };

/** Of all its openings the best: who looks at it again loses nothing by it. */
export const bestSaid = bestBy(OF_ALL);

/** Of one opening: who saw all of it, and then failed what it asks, has not done it. */
export const saidInOne = bestBy(OF_ONE);

export const isSameSaid = (one: PackageSaid | undefined, other: PackageSaid | undefined): boolean =>
  one?.status === other?.status && one?.score === other?.score;

/** Characters that a package may have kept for it. SCORM 2004 lets it have 64000. */
export const SUSPEND_MAX = 65_536;

/** What a package wants to find again when it is opened the next time. Nobody but the package knows what it means. */
export const PackageState = z
  .object({ location: z.string().max(1_000), suspendData: z.string().max(SUSPEND_MAX) })
  .readonly();
export type PackageState = z.infer<typeof PackageState>;
