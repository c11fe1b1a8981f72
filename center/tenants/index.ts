/** Firms, and on whose behalf something is done. */
export {
  type ActingStation,
  type Actor,
  type Manager,
  type Member,
  mayActFor,
  mustActFor,
  mustManage,
  mustRead,
  type Operator,
  type Reader,
  type Stranger,
  type System,
  type Visitor,
} from './actor.ts';
export { migrations } from './migrations.ts';
export { addOperator, makeOperatorToken, tenantOfToken } from './operators.ts';
export { addTenant, hasTenants, readTenant, setVisitorExam, type Tenant, tenantNames } from './tenants.ts';
