import { z } from 'zod';
import { Delivery, Hook } from '../../contract/platform/hooks.ts';
import { DeliveryId, HookId, instant, OrganisationId } from '../../contract/words/ids.ts';

export const HookRow = z
  .object({
    id: HookId,
    organisationId: OrganisationId,
    url: z.string(),
    events: z.array(z.string()),
    secret: z.string(),
    madeAt: z.date(),
    endedAt: z.date().nullable(),
  })
  .readonly();
export type HookRow = z.infer<typeof HookRow>;
export const HOOK = `id, organisation_id AS "organisationId", url, events, secret, made_at AS "madeAt", ended_at AS "endedAt"`;

export const shownHook = ({ madeAt, ...row }: HookRow): Hook => Hook.parse({ ...row, madeAt: instant(madeAt) });

export const DeliveryRow = z
  .object({
    id: DeliveryId,
    hookId: HookId,
    event: z.string(),
    subject: z.string(),
    body: z.string(),
    state: Delivery.unwrap().shape.state,
    tries: z.int(),
    status: z.int().nullable(),
    madeAt: z.date(),
    triedAt: z.date().nullable(),
  })
  .readonly();
export type DeliveryRow = z.infer<typeof DeliveryRow>;
export const DELIVERY = `id, hook_id AS "hookId", event, subject, body, state, rounds AS tries, status,
  made_at AS "madeAt", tried_at AS "triedAt"`;

export const shownDelivery = ({ madeAt, triedAt, ...row }: DeliveryRow): Delivery =>
  Delivery.parse({ ...row, madeAt: instant(madeAt), triedAt: triedAt && instant(triedAt) });
