/** What the ways in have in common: bodies as bytes and as JSON, tokens in headers, refusals as replies. */
export { bearerToken } from './bearer-token.ts';
export {
  bytesOf,
  inShape,
  MEBIBYTE,
  parseStrictly,
  piecesOf,
  readJson,
  readParam,
  takeBodiesPieceByPiece,
  takeRawBodies,
} from './body.ts';
export { limitConnections, patient, workInSilence } from './connections.ts';
export { replyTo } from './error-reply.ts';
export { pageFileRoutes } from './page-files.ts';
export { PAGE_HEADERS } from './page-headers.ts';
export { sendPlainPage } from './plain-page.ts';
export { addressOf, isFromElsewhere, isFromHere, isSecure } from './same-origin.ts';
export { sendByRange } from './send-by-range.ts';
export { strangerOf } from './stranger.ts';
