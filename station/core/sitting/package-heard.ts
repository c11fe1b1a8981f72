import type { PackageOpeningId } from '../../../contract/words/ids.ts';
import { bestSaid, isDoneBySaying, isSameSaid, type PackageSaid, saidInOne } from '../../../contract/words/scorm.ts';

/** What a package has said of itself. */
export type Heard = {
  /** The best of all its openings, in all sittings. */
  readonly said?: PackageSaid | undefined;
  /** The opening that was heard last: what stood before it, and what it came to. */
  readonly last?: {
    readonly opening: PackageOpeningId;
    readonly before: PackageSaid | undefined;
    readonly said: PackageSaid;
  };
};

type Saying = { readonly opening?: PackageOpeningId | undefined; readonly said: PackageSaid };

/**
 * With what it says now. Within one opening `failed` takes back a `completed`: the quiz after the slides has been failed. What
 * an earlier opening came to no later one takes back.
 */
export function heard({ said: best, last }: Heard, { opening, said }: Saying): Heard {
  // Written down before openings were told apart.
  if (!opening) return { said: bestSaid(best, said) };
  const goesOn = last?.opening === opening;
  const before = goesOn ? last.before : best;
  const now = (goesOn ? saidInOne(last.said, said) : said) ?? said;
  return { said: bestSaid(before, now), last: { opening, before, said: now } };
}

/** Whether it changes how the package is done, now or by what may still be said in this opening. */
export function isNews(so: Heard, saying: Saying): boolean {
  const next = heard(so, saying);
  if (!isSameSaid(next.said, so.said)) return true;
  const wasFailed = so.last?.opening === saying.opening && so.last?.said.status === 'failed';
  return next.last?.said.status === 'failed' && !wasFailed && !isDoneBySaying(next.said);
}
