import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import type { ActingAccount } from '../tenants/index.ts';

/**
 * Writes down who looked at people in the tree, before they see them. A look at the people of one firm is that firm's: `lookedAt` of
 * the audit log.
 */
export const lookedInTree = (actor: ActingAccount, { db }: Center, list: string): Promise<void> =>
  noteDone(actor, db, { tenantId: null, what: 'looked', subject: { kind: 'list', id: list } });
