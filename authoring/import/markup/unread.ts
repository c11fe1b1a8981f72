import { type RowReason, refuse } from '../problems.ts';

/** Why nothing can be made of a piece of markup, with the construct by its name. */
export type Unread = ReturnType<typeof refuse>;

export const isUnread = (read: object): read is Unread => 'reason' in read;

/** Ends the reading of a piece from wherever in it something is met that is not understood. */
export class Unreadable extends Error {
  readonly unread: Unread;

  constructor(construct: string, reason: RowReason = 'construct-unread') {
    super(construct);
    this.unread = refuse(reason, { construct });
  }
}
