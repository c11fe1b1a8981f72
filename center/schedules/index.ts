/** Bulletins that come by themselves: when each is due, and where it is brought. */
export { type BulletinWays, bulletinIssue } from './bringing.ts';
export { giveOutDue } from './due.ts';
export {
  addSchedule,
  bulletinWays,
  countIssues,
  endSchedule,
  listSchedules,
  readIssue,
  trySchedule,
} from './keeping.ts';
export type { MailWay } from './mail.ts';
export { migrations } from './migrations.ts';
