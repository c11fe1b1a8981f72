/** The one way to a center: whoever asks one anything opens a line to it, and says nothing on it before it is known whose it is. */

export { type Way, wayTo } from './address.ts';
export { type CenterLine, type LineOptions, openCenterLine, type Vouched } from './line.ts';
export { whoAnswers, whoAnswersOn } from './who-answers.ts';
