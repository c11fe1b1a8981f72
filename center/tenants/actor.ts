import type { HeldRole } from '../../contract/platform/roles.ts';
import type { Grant } from '../../contract/records/grants.ts';
import type {
  AccountId,
  CandidateId,
  LoginId,
  PageSessionId,
  ProctorId,
  StationId,
  TenantId,
  TokenId,
} from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';

/** Has a firm's operator token: does for it whatever there is to do. */
export type Operator = Shown & { readonly kind: 'operator'; readonly tenantId: TenantId };

/** What somebody showed, and where from: for the audit log. */
type Shown = {
  readonly token?: TokenId | undefined;
  /** Of whoever logged in at the platform, and does this as somebody of the firm. */
  readonly account?: AccountId | undefined;
  readonly address?: string | undefined;
};

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
export type Visitor = Shown & {
  readonly kind: 'visitor';
  readonly tenantId: TenantId;
  /** Where they signed in with the token; none of scripts, which show it itself. */
  readonly session?: PageSessionId | undefined;
};

/** A proctor who said who they are, by a code or a PIN: changes what is theirs alone. */
export type ActingProctor = Shown & {
  readonly kind: 'proctor';
  readonly tenantId: TenantId;
  readonly id: ProctorId;
};

/** Whoever runs the center for all firms: takes firms in, and sees nothing of theirs. */
export type Administrator = Shown & { readonly kind: 'administrator' };

/** Somebody who logged in at the platform, or a program with a token of theirs: what they may, and where, their roles say. */
export type ActingAccount = Shown & {
  readonly kind: 'account';
  readonly id: AccountId;
  readonly name: string;
  readonly roles: readonly HeldRole[];
  /** The log-in; none of a program. */
  readonly login?: LoginId | undefined;
};

/** Somebody at home who was invited: sees what is theirs to learn there, and answers for nobody else. No firm's own. */
export type Learner = { readonly kind: 'learner'; readonly tenantId: TenantId; readonly candidateId: CandidateId };

/** Who has not said who they are: a code that works once is all that lets them in. */
export type Stranger = { readonly kind: 'stranger'; readonly address?: string | undefined };

/** The program itself: on its first start, and by commands on its own machine. */
export type System = { readonly kind: 'system' };

/**
 * On whose behalf something is done. Each way in makes its own kind, in one place: `authenticate.ts` of its folder. A stranger is
 * the same at every way in: `http/stranger.ts`.
 */
export type Actor =
  | Operator
  | ActingStation
  | Visitor
  | ActingProctor
  | Administrator
  | ActingAccount
  | Learner
  | Stranger
  | System;

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
  return actor.kind !== 'learner' && 'tenantId' in actor && actor.tenantId === tenantId;
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

/** Whoever may take firms in. */
export type Founder = Administrator | System;

/** @throws Refusal `unauthorised` where the actor is of a firm, whatever the types were told */
export const mustFound = (actor: Founder): void => mustBe(actor, 'administrator', 'system');

/** Whoever may say what a firm is called: its own people, and whoever takes firms in. */
export type Namer = Manager | Founder;

/** @throws Refusal `unauthorised` where the firm is another's, whatever the types were told */
export function mustName(actor: Namer, tenantId: TenantId): void {
  if (actor.kind === 'administrator') return mustFound(actor);
  mustManage(actor, tenantId);
}

/** Whoever may give a firm its place and its name. How far an account reaches, `organisations` knows, which asks first. */
export type TreeKeeper = Founder | ActingAccount;

/** @throws Refusal `unauthorised` where the actor has nothing to do with the tree, whatever the types were told */
export const mustKeepTree = (actor: TreeKeeper): void => mustBe(actor, 'administrator', 'system', 'account');

function mustBe({ kind }: Actor, ...kinds: readonly Actor['kind'][]): void {
  if (!kinds.includes(kind)) throw new Refusal('unauthorised', `a ${kind} does not do this`);
}
