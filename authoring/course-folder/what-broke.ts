/** What a reader of films says of its own workings says nothing to whoever brought the film. */
const OF_ITS_OWN = /^assert/i;

/** Why a film could not be read, with the name of the file. */
export const whatBroke = (name: string, error: unknown): string => {
  const said = error instanceof Error ? error.message : '';
  return `${name}: ${said === '' || OF_ITS_OWN.test(said) ? 'it is cut off, damaged or no film' : said}`;
};
