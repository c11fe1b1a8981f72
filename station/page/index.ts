/** What the page asks, and what it is shown. */
export { openBadgeWait } from './badge-wait.ts';
export { type HandlerParts, makeHandlers, nameSomebody } from './handlers/index.ts';
export { openPageLine, type PageLine } from './line.ts';
export { openNoticeBoard } from './notice-board.ts';
export { openReceiptCodes } from './receipt-codes.ts';
export type { Viewing } from './station-view.ts';
export { openView } from './view.ts';
