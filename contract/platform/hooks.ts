import { z } from 'zod';
import { DeliveryId, HookId, Instant, OrganisationId } from '../words/ids.ts';
import { endpoint } from './endpoint.ts';
import { pageOf, paging } from './paging.ts';
import type { Role } from './roles.ts';

/** Whoever may have an address told of what happens, of their own organisation and what lies below it. */
export const HOOK_KEEPERS = ['platform', 'bureau', 'firm', 'agency'] as const satisfies readonly Role[];

/** What is told, and to whom: whoever runs the platform hears of nobody's exams. */
export const HOOK_EVENTS = {
  'result.accepted': ['bureau', 'firm', 'agency'],
  'result.disputed': ['bureau', 'firm', 'agency'],
  'certificate.issued': ['bureau', 'firm', 'agency'],
  'bulletin.ready': ['platform', 'bureau', 'firm'],
  'registration.applied': ['platform', 'bureau'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type HookEventName = keyof typeof HOOK_EVENTS;
const HookEvent = z.enum(Object.keys(HOOK_EVENTS) as [HookEventName, ...HookEventName[]]);

export const Hook = z
  .object({
    id: HookId,
    organisationId: OrganisationId,
    url: z.string(),
    events: z.array(z.string()).readonly(),
    madeAt: Instant,
  })
  .readonly();
export type Hook = z.infer<typeof Hook>;

export const NewHook = z.strictObject({
  organisationId: OrganisationId,
  url: z.url({ protocol: /^https$/ }).max(500),
  events: z.array(HookEvent).min(1).max(10),
});
export type NewHook = z.infer<typeof NewHook>;

export const Delivery = z
  .object({
    id: DeliveryId,
    /** One of the events, or `test`. */
    event: z.string(),
    /** Of what: an id. */
    subject: z.string(),
    state: z.enum(['waiting', 'delivered', 'failed']),
    tries: z.int(),
    /** What the address answered last, as an HTTP status; `null` where it did not answer. */
    status: z.int().nullable(),
    madeAt: Instant,
    triedAt: Instant.nullable(),
  })
  .readonly();
export type Delivery = z.infer<typeof Delivery>;

/**
 * What is sent: JSON, in a POST, as Standard Webhooks (standardwebhooks.com) has it. `webhook-id` is the same however often it is tried,
 * `webhook-timestamp` in seconds, `webhook-signature` is `v1,` and HMAC-SHA-256 of `id.timestamp.body` under the secret, in base64.
 */
export const HookMessage = z
  .object({
    type: z.string(),
    timestamp: Instant,
    data: z.object({ organisationId: OrganisationId, id: z.string() }).readonly(),
  })
  .readonly();
export type HookMessage = z.infer<typeof HookMessage>;

const byId = z.object({ id: HookId });

export const hookEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/hooks',
    who: HOOK_KEEPERS,
    says: 'The addresses that an organisation of yours has told of what happens.',
    query: z.object({ organisationId: OrganisationId }),
    reply: z.object({ hooks: z.array(Hook).readonly() }).readonly(),
  }),
  add: endpoint({
    method: 'POST',
    path: '/v1/platform/hooks',
    who: HOOK_KEEPERS,
    says: 'Has an address told. The secret with which messages are signed is told once.',
    body: NewHook,
    reply: z.object({ hook: Hook, secret: z.string() }).readonly(),
  }),
  end: endpoint({
    method: 'DELETE',
    path: '/v1/platform/hooks/:id',
    who: HOOK_KEEPERS,
    says: 'Tells an address nothing any more.',
    params: byId,
    reply: Hook,
  }),
  test: endpoint({
    method: 'POST',
    path: '/v1/platform/hooks/:id/test',
    who: HOOK_KEEPERS,
    says: 'Sends it a message of the type `test`.',
    params: byId,
    reply: Delivery,
  }),
  deliveries: endpoint({
    method: 'GET',
    path: '/v1/platform/hooks/:id/deliveries',
    who: HOOK_KEEPERS,
    says: 'What an address was told, newest first, and what became of it.',
    params: byId,
    query: z.object(paging),
    reply: pageOf(Delivery),
  }),
} as const;
