/** From answers to marks. */
export { feedbackFor } from './feedback.ts';
export { isRight, type Key, type MarkedForm, markForm, marksByTopic, pairsOf } from './mark.ts';
export { isPossible } from './possible.ts';
export { rightAnswerTo } from './right-answer.ts';
