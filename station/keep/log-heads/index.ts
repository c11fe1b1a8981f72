/** What the center's log was like whenever this station looked: the signed heads, and where they do not fit together. */
export { type LogFacts, logFactsIn, logFactsOf } from './facts.ts';
export { type Contradiction, type LogHeads, openLogHeads, type SignedHead, type Why } from './log-heads.ts';
