/** Everything that goes between the preload and the main process. Two words, no payload: the port carries the rest. */
export const CONNECT = 'exam-station-connect';
/** Both the channel to the preload and the message to the page; the page waits for exactly this text. */
export const PORT = 'exam-station-port';
