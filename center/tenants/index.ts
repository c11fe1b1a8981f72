/** Firms, on whose behalf something is done, and how whoever does it is known: by tokens, sessions, and how often they guessed wrong. */
export { actingAs } from './acting.ts';
export {
  type ActingAccount,
  type ActingProctor,
  type ActingStation,
  type Actor,
  type Administrator,
  type Founder,
  type Learner,
  type Manager,
  type Member,
  mayActFor,
  mustActFor,
  mustBeShown,
  mustFound,
  mustKeepTree,
  mustLearn,
  mustManage,
  mustName,
  mustRead,
  type Namer,
  type Operator,
  type Reader,
  type Stranger,
  type Student,
  type System,
  type TreeKeeper,
  type Visitor,
} from './actor.ts';
export {
  addAdministrator,
  administratorOfToken,
  endAdministrator,
  type ListedAdministrator,
  listAdministrators,
} from './administrators.ts';
export { migrations } from './migrations.ts';
export {
  endPageSession,
  formTokenOf,
  type KnownPageSession,
  listPageSessions,
  openPageSession,
  pageSessionOf,
  signOut,
} from './page-sessions.ts';
export {
  mustReach,
  onlooker,
  type PlacedTenant,
  planningAt,
  proctoringAt,
  reaches,
  reachOf,
  rolesAt,
  standingAt,
} from './reach.ts';
export {
  addTenant,
  hasTenants,
  listTenants,
  readTenant,
  renameTenant,
  setVisitorExam,
  type Tenant,
  tenantNames,
} from './tenants.ts';
export {
  addOperator,
  addToken,
  endAccess,
  endToken,
  type KnownToken,
  listTokens,
  makeOperatorToken,
  refuseToken,
  tenantOfToken,
} from './tokens.ts';
export { type Gate, guarded, limited, ofAccount, ofAddress, type Secret } from './tries.ts';
