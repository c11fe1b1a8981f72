/** From answers to marks. */
export { isRight, type MarkedForm, markForm, marksByTopic } from './mark.ts';
