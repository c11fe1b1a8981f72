/** People who log in as themselves, what they are and where, and the programs that they let in. */

export { type Asker, actingNow } from './acting-now.ts';
export { beginTotp, confirmTotp, platformName } from './authenticators.ts';
export { countUntaken, forgetUntaken } from './forgetting.ts';
export { acceptInvitation, readInvitation } from './invitations.ts';
export { type AccountsWish, listAccounts, namesAt } from './listing.ts';
export { answerFactor, changePassword, logIn, type Step } from './logging-in.ts';
export {
  type Caller,
  endLogin,
  type From,
  type KnownLogin,
  listLogins,
  loginOf,
  logOut,
  mustBeFresh,
  myself,
} from './logins.ts';
export {
  addApproved,
  endAccount,
  type Invited,
  invite,
  isLoginTaken,
  recoverAccount,
  recoverLogin,
  setRoles,
} from './managing.ts';
export { migrations } from './migrations.ts';
export {
  beginLinking,
  beginTrip,
  type CityPerson,
  endTrip,
  linkCity,
  logInFromCity,
  type Trip,
} from './oidc-links.ts';
export { couldMakeToken, operatorOfToken, sessionAtPages } from './operator-tokens.ts';
export { addPasskey, askForPasskey, beginPasskey, type Site } from './passkeys.ts';
export { hashPassword } from './passwords.ts';
export { isSetUp, offerSetUp, setUp } from './set-up.ts';
export { takeOnFirm } from './take-on.ts';
export { addProgram, endProgram, type KnownProgram, listPrograms, programOf, refuseProgram } from './tokens.ts';
