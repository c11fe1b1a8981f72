import { BulletinWeights } from '../../contract/platform/bulletin.ts';
import { changing } from '../audit/index.ts';
import { type Database, inTransaction, type Queries, selectOne } from '../database/index.ts';
import { placesOf, ROOT } from '../organisations/index.ts';
import { type ActingAccount, mustReach } from '../tenants/index.ts';
import { mustBeAccount } from './readers.ts';

/** Where nobody says otherwise. */
const EQUAL: BulletinWeights = { learning: 1, sitting: 1, passing: 1 };

export const readWeights = async (db: Queries): Promise<BulletinWeights> =>
  (await selectOne(db, BulletinWeights, 'SELECT learning, sitting, passing FROM bulletin_weights')) ?? EQUAL;

/** @throws Refusal `unauthorised` where it is not whoever runs the platform */
export function putWeights(
  actor: ActingAccount,
  db: Queries | Database,
  weights: BulletinWeights,
): Promise<BulletinWeights> {
  mustBeAccount(actor);
  return inTransaction(db, async (tx) => {
    await mustRunPlatform(actor, tx);
    const deed = {
      tenantId: null,
      what: 'bulletin-weights-put',
      subject: { kind: 'bulletin', id: 'weights' },
    } as const;
    const held = async (inside: Queries) => {
      await inside.query('LOCK TABLE bulletin_weights IN SHARE ROW EXCLUSIVE MODE');
      return readWeights(inside);
    };
    await changing(actor, tx, deed, held, (inside) =>
      inside.query(
        `INSERT INTO bulletin_weights (id, learning, sitting, passing) VALUES (1, $1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET learning = excluded.learning, sitting = excluded.sitting, passing = excluded.passing`,
        [weights.learning, weights.sitting, weights.passing],
      ),
    );
    return weights;
  });
}

/** @throws Refusal `unauthorised` */
export async function mustRunPlatform(actor: ActingAccount, db: Queries): Promise<void> {
  const root = (await placesOf(db, [ROOT])).get(ROOT);
  if (!root) throw new Error('the platform has no place');
  mustReach(actor, root.path, 'platform');
}
