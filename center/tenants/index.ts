/** Firms, and on whose behalf something is done. */
export {
  type ActingStation,
  type Actor,
  type Learner,
  type Manager,
  type Member,
  mayActFor,
  mustActFor,
  mustBeShown,
  mustLearn,
  mustManage,
  mustRead,
  type Operator,
  type Reader,
  type Stranger,
  type Student,
  type System,
  type Visitor,
} from './actor.ts';
export { migrations } from './migrations.ts';
export { addOperator, makeOperatorToken, tenantOfToken } from './operators.ts';
export { addTenant, hasTenants, readTenant, setVisitorExam, type Tenant, tenantNames } from './tenants.ts';
