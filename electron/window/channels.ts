/** Everything that goes between the preload and the main process. The page's port carries the rest. */
export const CONNECT = 'exam-station-connect';
/** Both the channel to the preload and the message to the page; the page waits for exactly this text. */
export const PORT = 'exam-station-port';
/** Why there is no station, as a `ShellTrouble`; nothing once there is one. */
export const TROUBLE = 'exam-station-trouble';
/** Asked of the page's own thread, and answered by it: a page that hangs does not. */
export const ALIVE = 'exam-station-alive';
/** Asked whether a slip can be printed now, and to print it; both answered with yes or no. */
export const [PRINTER, PRINT] = ['exam-station-printer', 'exam-station-print'] as const;
/** Asked with an administrator's PIN or the recovery code, and answered with a `LeaveAnswer`. */
export const LEAVE = 'exam-station-leave';
