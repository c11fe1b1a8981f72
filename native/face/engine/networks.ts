import type { Cut } from '../networks/embedder.ts';
import type { Network } from '../networks/network.ts';
import { openNetwork } from '../networks/open-network.ts';
import type { FaceModels } from '../weights/face-models.ts';
import type { ModelRole } from '../weights/manifest.ts';
import { readModels } from '../weights/model-store.ts';

/**
 * The networks, on two lanes: `near` runs in the thread that asks and holds it up, `far` in another beside it. Where there
 * is one processor only, both are the same. A lane's runs are in the order they were asked for.
 */
export type Networks = {
  readonly near: Readonly<Record<ModelRole, Network>>;
  readonly far: Readonly<Record<FarRole, Network>>;
  /** How the embedder wants a face cut out. */
  readonly cut: Cut;
};
export type FarRole = (typeof FAR_ROLES)[number];

/** What the second lane takes over, so that both have about as much to do. */
export const FAR_ROLES = ['embedder', 'antiSpoofV1SE', 'antiSpoofPv1', 'headPose'] as const satisfies ModelRole[];

/** @throws Refusal `models-missing`, `models-altered`; Error where a graph cannot be opened */
export async function openLane<R extends ModelRole>(
  models: FaceModels,
  roles: readonly R[],
  threads: number,
): Promise<Readonly<Record<R, Network>>> {
  const weights = readModels(models, roles);
  const entries = roles.map(async (role) => [role, await openNetwork(weights[role], threads)] as const);
  return Object.fromEntries(await Promise.all(entries)) as Record<R, Network>;
}
