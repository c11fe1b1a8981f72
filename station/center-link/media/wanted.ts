import { mediaOf } from '../../../contract/words/course.ts';
import type { GrantId, Sha256 } from '../../../contract/words/ids.ts';
import { picturesIn } from '../../../contract/words/learning.ts';
import { PICTURE_MAX_BYTES } from '../../../contract/words/pictures.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Grants } from '../../keep/grants/index.ts';
import type { Roster } from '../../keep/roster/index.ts';

/** A file that a course shows, and under which grant the center gives it away. */
export type Wanted = {
  readonly kind: 'media' | 'picture';
  readonly hash: Sha256;
  /** It has no more than that. */
  readonly bytes: number;
  readonly grant?: GrantId;
};

export type WantingParts = { readonly roster: Roster; readonly grants: Grants; readonly clock: Clock };

/** What the courses show that somebody may study here, of whose station it is and of firms with a grant; each file once. */
export function wantedMedia({ roster, grants, clock }: WantingParts): ReadonlyMap<Sha256, Wanted> {
  const all = [undefined, ...grants.running(clock.wall())].flatMap((grant) => {
    const under = grant ? { grant: grant.id } : {};
    return (roster.of(grant?.tenantId).assignment?.exams ?? []).flatMap(({ course }): Wanted[] => {
      if (!course) return [];
      const pictures = [...picturesIn(course)].map((hash) => ({ hash, bytes: PICTURE_MAX_BYTES }));
      return [
        ...mediaOf(course).map(({ hash, bytes }) => ({ kind: 'media' as const, hash, bytes, ...under })),
        ...pictures.map((picture) => ({ kind: 'picture' as const, ...picture, ...under })),
      ];
    });
  });
  // The smallest first: most lessons can be begun soonest.
  return new Map(all.toSorted((a, b) => a.bytes - b.bytes).map((one) => [one.hash, one]));
}
