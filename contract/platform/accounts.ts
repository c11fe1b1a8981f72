import { z } from 'zod';
import { AccountId, Instant, LoginId, OrganisationId, TokenId } from '../words/ids.ts';
import { endpoint } from './endpoint.ts';
import { pageOf, paging } from './paging.ts';
import { Factor, HeldRole, Myself, Role } from './roles.ts';

export const Login = z.string().regex(/^[a-z0-9][a-z0-9._@-]{2,63}$/);
const Password = z.string().min(10).max(200);
/** Six digits of an authenticator (RFC 6238). */
const Totp = z.string().regex(/^\d{6}$/);
/** WebAuthn speaks JSON of its own (`PublicKeyCredentialJSON`); what is in it the server's library judges. */
const Passkey = z.record(z.string(), z.unknown());

export const Account = z
  .object({
    id: AccountId,
    login: Login,
    name: z.string(),
    roles: z.array(HeldRole).readonly(),
    /** `locked` waits for a new password, after a recovery was made. */
    state: z.enum(['invited', 'active', 'locked', 'ended']),
    /** What else they log in with. */
    factors: z.array(Factor).readonly(),
    lastSeen: Instant.nullable(),
  })
  .readonly();
export type Account = z.infer<typeof Account>;

const RoleWish = z.strictObject({ role: Role, organisationId: OrganisationId });
const byId = z.object({ id: AccountId });
const Done = z.object({ ok: z.literal(true) }).readonly();

/** What a log-in still needs, or that it is done. */
export const LoginStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('done'), me: Myself }).readonly(),
  /** A second factor. The ticket is short-lived, and good for this alone. */
  z
    .object({ step: z.literal('factor'), ticket: z.string(), factors: z.array(z.enum(['totp', 'passkey'])).readonly() })
    .readonly(),
]);
export type LoginStep = z.infer<typeof LoginStep>;

export const accountEndpoints = {
  /** Whether there is anybody at all: an empty center shows the set-up. */
  welcome: endpoint({
    method: 'GET',
    path: '/v1/platform/welcome',
    who: 'anyone',
    says: 'What the front door needs: name of the platform, whether it is set up, whether a city log-in (OIDC) exists.',
    reply: z.object({ name: z.string().nullable(), isSetUp: z.boolean(), oidc: z.string().nullable() }).readonly(),
  }),
  setUp: endpoint({
    method: 'POST',
    path: '/v1/platform/set-up',
    who: 'anyone',
    says: 'The first administrator of an empty center; needs the code that its start wrote into set-up.json.',
    body: z.strictObject({
      code: z.string().max(100),
      name: z.string().trim().min(1).max(100),
      login: Login,
      person: z.string().trim().min(1).max(60),
      password: Password,
    }),
    reply: LoginStep,
  }),
  logIn: endpoint({
    method: 'POST',
    path: '/v1/platform/log-in',
    who: 'anyone',
    says: 'Login and password; the session comes as a cookie.',
    body: z.strictObject({ login: z.string().max(100), password: z.string().max(200) }),
    reply: LoginStep,
  }),
  factor: endpoint({
    method: 'POST',
    path: '/v1/platform/log-in/factor',
    who: 'anyone',
    says: 'The second factor of a log-in: a code, a recovery code, or a passkey.',
    body: z.strictObject({
      ticket: z.string().max(200),
      totp: Totp.optional(),
      recovery: z.string().max(40).optional(),
      passkey: Passkey.optional(),
    }),
    reply: LoginStep,
  }),
  passkeyQuestion: endpoint({
    method: 'POST',
    path: '/v1/platform/log-in/passkey',
    who: 'anyone',
    says: 'What a browser is asked for a passkey with: for a log-in by passkey alone (no ticket), or as a second factor.',
    body: z.strictObject({ ticket: z.string().max(200).optional() }),
    reply: z.object({ ticket: z.string(), options: Passkey }).readonly(),
  }),
  me: endpoint({ method: 'GET', path: '/v1/platform/me', who: 'logged-in', says: 'Who is logged in.', reply: Myself }),
  logOut: endpoint({
    method: 'POST',
    path: '/v1/platform/log-out',
    who: 'logged-in',
    says: 'Ends this session.',
    reply: Done,
  }),
  invitation: endpoint({
    method: 'POST',
    path: '/v1/platform/invitations/read',
    who: 'anyone',
    says: 'What an invitation (or a recovery) is for.',
    body: z.strictObject({ secret: z.string().max(100) }),
    reply: z
      .object({ name: z.string(), login: Login, organisation: z.string(), purpose: z.enum(['join', 'recover']) })
      .readonly(),
  }),
  accept: endpoint({
    method: 'POST',
    path: '/v1/platform/invitations/accept',
    who: 'anyone',
    says: 'Sets a password by an invitation or a recovery, and logs in.',
    body: z.strictObject({ secret: z.string().max(100), password: Password }),
    reply: LoginStep,
  }),
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/accounts',
    who: ['platform', 'bureau', 'firm', 'agency', 'room'],
    says: 'Accounts within reach.',
    query: z.object({
      ...paging,
      organisationId: OrganisationId.optional(),
      role: Role.optional(),
      search: z.string().trim().max(100).optional(),
    }),
    reply: pageOf(Account),
  }),
  invite: endpoint({
    method: 'POST',
    path: '/v1/platform/accounts',
    who: ['platform', 'bureau', 'firm', 'agency', 'room'],
    says: 'Invites somebody to a role within reach; the secret is told once.',
    body: z.strictObject({
      login: Login,
      name: z.string().trim().min(1).max(60),
      roles: z.array(RoleWish).min(1).max(10),
    }),
    reply: z.object({ account: Account, secret: z.string() }).readonly(),
  }),
  setRoles: endpoint({
    method: 'PUT',
    path: '/v1/platform/accounts/:id/roles',
    who: ['platform', 'bureau', 'firm', 'agency', 'room'],
    says: 'Gives and takes roles within reach; those elsewhere stay.',
    params: byId,
    body: z.strictObject({ roles: z.array(RoleWish).max(20) }),
    reply: Account,
  }),
  end: endpoint({
    method: 'POST',
    path: '/v1/platform/accounts/:id/end',
    who: ['platform', 'bureau', 'firm', 'agency', 'room'],
    says: 'Ends an account, and every session of it.',
    params: byId,
    reply: Account,
  }),
  recover: endpoint({
    method: 'POST',
    path: '/v1/platform/accounts/:id/recovery',
    who: ['platform', 'bureau', 'firm', 'agency', 'room'],
    says: 'A secret with which somebody sets a new password; their factors are taken away with it, and sessions end.',
    params: byId,
    reply: z.object({ secret: z.string() }).readonly(),
  }),
  changePassword: endpoint({
    method: 'POST',
    path: '/v1/platform/me/password',
    who: 'logged-in',
    says: 'Another password; all other sessions end.',
    body: z.strictObject({ before: z.string().max(200), password: Password }),
    reply: Done,
  }),
  beginTotp: endpoint({
    method: 'POST',
    path: '/v1/platform/me/totp',
    who: 'logged-in',
    says: 'A secret for an authenticator; it counts once a code of it was shown.',
    reply: z.object({ secret: z.string(), uri: z.string() }).readonly(),
  }),
  confirmTotp: endpoint({
    method: 'POST',
    path: '/v1/platform/me/totp/confirm',
    who: 'logged-in',
    says: 'Confirms the authenticator; recovery codes are told once.',
    body: z.strictObject({ totp: Totp }),
    reply: z.object({ recovery: z.array(z.string()).readonly() }).readonly(),
  }),
  beginPasskey: endpoint({
    method: 'POST',
    path: '/v1/platform/me/passkeys/question',
    who: 'logged-in',
    says: 'What a browser is asked to make a passkey with.',
    reply: z.object({ options: Passkey }).readonly(),
  }),
  addPasskey: endpoint({
    method: 'POST',
    path: '/v1/platform/me/passkeys',
    who: 'logged-in',
    says: 'A passkey that a browser made.',
    body: z.strictObject({ name: z.string().trim().min(1).max(60), passkey: Passkey }),
    reply: Done,
  }),
  linkOidc: endpoint({
    method: 'POST',
    path: '/v1/platform/me/oidc',
    who: 'logged-in',
    says: 'Where a browser goes to link the city log-in (OIDC) to this account.',
    reply: z.object({ url: z.string() }).readonly(),
  }),
  sessions: endpoint({
    method: 'GET',
    path: '/v1/platform/me/sessions',
    who: 'logged-in',
    says: 'Where somebody is logged in.',
    reply: z
      .object({
        sessions: z
          .array(
            z
              .object({
                id: LoginId,
                address: z.string(),
                browser: z.string(),
                since: Instant,
                seen: Instant,
                isThis: z.boolean(),
              })
              .readonly(),
          )
          .readonly(),
      })
      .readonly(),
  }),
  endSession: endpoint({
    method: 'DELETE',
    path: '/v1/platform/me/sessions/:id',
    who: 'logged-in',
    says: 'Ends a session.',
    params: z.object({ id: LoginId }),
    reply: Done,
  }),
  tokens: endpoint({
    method: 'GET',
    path: '/v1/platform/tokens',
    who: ['platform', 'bureau', 'firm', 'agency'],
    says: 'Tokens of programs (vendors) within reach.',
    reply: z
      .object({
        tokens: z
          .array(
            z
              .object({
                id: TokenId,
                name: z.string(),
                role: Role,
                organisationId: OrganisationId,
                organisation: z.string(),
                expiresAt: Instant,
                endedAt: Instant.nullable(),
              })
              .readonly(),
          )
          .readonly(),
      })
      .readonly(),
  }),
  addToken: endpoint({
    method: 'POST',
    path: '/v1/platform/tokens',
    who: ['platform', 'bureau', 'firm', 'agency'],
    says: 'A token for a program: one role at one organisation, for a year at most. Told once.',
    body: z.strictObject({
      name: z.string().trim().min(1).max(60),
      role: Role,
      organisationId: OrganisationId,
      days: z.int().min(1).max(366),
    }),
    reply: z.object({ id: TokenId, token: z.string() }).readonly(),
  }),
  endToken: endpoint({
    method: 'DELETE',
    path: '/v1/platform/tokens/:id',
    who: ['platform', 'bureau', 'firm', 'agency'],
    says: 'Ends a token.',
    params: z.object({ id: TokenId }),
    reply: Done,
  }),
} as const;
