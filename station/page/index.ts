/** What the page asks, and what it is shown. */
export { type BadgeWait, openBadgeWait } from './badge-wait.ts';
export { type HandlerParts, makeHandlers, nameSomebody } from './handlers/index.ts';
export { openPageLine, type PageLine } from './line.ts';
export { type NoticeBoard, openNoticeBoard } from './notice-board.ts';
export type { Looking, Viewing } from './station-view.ts';
export { openView, type View } from './view.ts';
