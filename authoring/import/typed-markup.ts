/** An element or an entity in words that are shown as they are, or compared letter for letter: nobody reads or types one. */
export const markupIn = (text: string): string | undefined =>
  /<\/?[a-z][a-z\d]*(\s[^<>]*)?\/?>|&(#x?)?[a-z\d]{2,30};/i.exec(text)?.[0].slice(0, 40);
