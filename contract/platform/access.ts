import { z } from 'zod';
import { AUDITED, AuditLine, AuditWish } from '../people-center/audit.ts';
import { ListedToken, NewToken } from '../people-center/operator-api.ts';
import { AskedInstant } from '../words/asked-times.ts';
import { TokenId } from '../words/ids.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_ROOM, ofFirm } from './firms.ts';
import { pageOf, paging } from './paging.ts';

/** Who may see what was done at a firm. */
export const SEE_AUDIT = ['firm', 'agency', 'room', 'bureau', 'inspector', 'auditor'] as const;

/** All that this program writes down; lines of a later one may say more. */
export const DEEDS = AUDITED;

const ListedLine = AuditLine.unwrap()
  .pick({ sequence: true, at: true, actor: true, what: true, subject: true })
  .extend({
    /** Of whoever did it, where the firm knows them. */
    name: z.string().nullable(),
    /** Whether what it was about is another one since. */
    changed: z.boolean(),
  })
  .readonly();
export type ListedLine = z.infer<typeof ListedLine>;

const firm = z.object(ofFirm);
const at = '/v1/platform/firms/:firm';

export const accessEndpoints = {
  tokens: endpoint({
    method: 'GET',
    path: `${at}/tokens`,
    who: KEEP_ROOM,
    says: 'Operators’ tokens of a firm, for commands and programs; none of them can be read again.',
    params: firm,
    reply: z
      .object({
        tokens: z
          .array(
            ListedToken.unwrap()
              .extend({
                /** What whoever made it is called, where they are of the firm. */
                maker: z.string().nullable(),
                /** Whether whoever made it is gone: it lets nobody in then. */
                orphaned: z.boolean(),
              })
              .readonly(),
          )
          .readonly(),
      })
      .readonly(),
  }),
  addToken: endpoint({
    method: 'POST',
    path: `${at}/tokens`,
    who: KEEP_ROOM,
    says: 'Another operator’s token, for a year at most; told once. It works no longer than whoever makes it keeps the firm. No program makes one, and nobody who logged in more than a quarter of an hour ago.',
    params: firm,
    body: z.strictObject({ name: z.string().trim().min(1).max(100), expiresAt: AskedInstant }),
    reply: NewToken,
  }),
  endToken: endpoint({
    method: 'POST',
    path: `${at}/tokens/:id/end`,
    who: KEEP_ROOM,
    says: 'Ends an operator’s token now, and whoever signed in by it.',
    params: z.object({ ...ofFirm, id: TokenId }),
    reply: z.object({ ok: z.literal(true) }).readonly(),
  }),
  audit: endpoint({
    method: 'GET',
    path: `${at}/audit`,
    who: SEE_AUDIT,
    says: 'What was done at a firm, the newest first: by what, by whom or to whom, and in which time.',
    params: firm,
    query: z.object({
      ...{ after: paging.after, from: AskedInstant.optional(), until: AskedInstant.optional() },
      ...AuditWish.unwrap().pick({ what: true, about: true }).shape,
    }),
    reply: pageOf(ListedLine),
  }),
  auditFile: endpoint({
    method: 'GET',
    path: `${at}/audit/file`,
    who: SEE_AUDIT,
    says: 'The audit log of a firm as a signed file that anybody can check: `exam-station audit verify`.',
    params: firm,
    reply: z.unknown(),
  }),
} as const;
