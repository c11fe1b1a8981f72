import type { Grant } from '../../contract/records/grants.ts';
import type { CandidateId, StationId, TenantId } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';

/** Has a firm's operator token: does for it whatever there is to do. */
export type Operator = { readonly kind: 'operator'; readonly tenantId: TenantId };

/**
 * A station that signed its request: sees what is its firm's, and speaks for nobody but itself. With a grant it acts for the firm
 * that may use it, whose `tenantId` it then has.
 */
export type ActingStation = {
  readonly kind: 'station';
  readonly tenantId: TenantId;
  readonly id: StationId;
  readonly name: string;
  readonly publicKey: PublicKey;
  readonly certificate: string;
  readonly grant?: Grant;
};

/** Somebody in front of a firm's pages: sees, and changes nothing. */
export type Visitor = { readonly kind: 'visitor'; readonly tenantId: TenantId };

/** Somebody at home who was invited: sees what is theirs to learn there, and answers for nobody else. No firm's own. */
export type Learner = { readonly kind: 'learner'; readonly tenantId: TenantId; readonly candidateId: CandidateId };

/** Who has not said who they are: a code that works once is all that lets them in. */
export type Stranger = { readonly kind: 'stranger' };

/** The program itself, on its first start. */
export type System = { readonly kind: 'system' };

/** On whose behalf something is done. Each way in makes its own kind, in one place: `authenticate.ts` of its folder. */
export type Actor = Operator | ActingStation | Visitor | Learner | Stranger | System;

/** Who may change what a firm has. */
export type Manager = Operator | System;

/** Who may see what a firm has. */
export type Member = Manager | ActingStation | Visitor;

/** Who may be shown what a firm teaches and asks. Which of it is a learner's, whoever asks for them has seen to. */
export type Student = Member | Learner;

/** Who may see results. A station knows its own. */
export type Reader = Manager | Visitor;

/** Whether an actor may act for a tenant at all; what, their kind says. */
export function mayActFor(actor: Actor, tenantId: TenantId): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind === 'stranger' || actor.kind === 'learner') return false;
  return actor.tenantId === tenantId;
}

/** @throws Refusal `unauthorised` where the actor is another tenant's */
export function mustActFor(actor: Actor, tenantId: TenantId): void {
  if (!mayActFor(actor, tenantId)) throw new Refusal('unauthorised', 'this is another tenant’s');
}

/** @throws Refusal `unauthorised` where the actor is shown nothing of this tenant's */
export function mustBeShown(actor: Student, tenantId: TenantId): void {
  if (actor.kind !== 'learner') return mustActFor(actor, tenantId);
  if (actor.tenantId !== tenantId) throw new Refusal('unauthorised', 'this is another tenant’s');
}

/** @throws Refusal `unauthorised` where the actor learns nothing here, whatever the types were told */
export function mustLearn(actor: Learner, tenantId: TenantId): void {
  mustBe(actor, 'learner');
  mustBeShown(actor, tenantId);
}

/** @throws Refusal `unauthorised` where the actor changes nothing here, whatever the types were told */
export function mustManage(actor: Manager, tenantId: TenantId): void {
  mustBe(actor, 'operator', 'system');
  mustActFor(actor, tenantId);
}

/** @throws Refusal `unauthorised` where the actor sees no results here, whatever the types were told */
export function mustRead(actor: Reader, tenantId: TenantId): void {
  mustBe(actor, 'operator', 'system', 'visitor');
  mustActFor(actor, tenantId);
}

function mustBe({ kind }: Actor, ...kinds: readonly Actor['kind'][]): void {
  if (!kinds.includes(kind)) throw new Refusal('unauthorised', `a ${kind} does not do this`);
}
