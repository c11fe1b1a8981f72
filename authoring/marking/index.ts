/** From answers to marks. */
export { feedbackFor } from './feedback.ts';
export { isRight, type MarkedForm, markForm, marksByTopic } from './mark.ts';
