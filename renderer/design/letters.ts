/** What an option is called: A is the first. */
export const letterOf = (at: number): string => String.fromCharCode(65 + at);
