/** The lists of industries, areas and categories, and how people write them. */
export { inTerms, readTerms, SEED_TERMS, type UnknownTerm, writeTerms } from './terms.ts';
