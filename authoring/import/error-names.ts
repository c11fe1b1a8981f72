const ERROR =
  /^#(REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|CONNECT!|BLOCKED!|UNKNOWN!|BUSY!|PYTHON!|EXTERNAL!|GETTING_DATA)$/i;

/** Whether a text is nothing but what a formula shows that failed. */
export const isErrorName = (text: string): boolean => ERROR.test(text.trim());

/** Whether a text is what programs for spreadsheets show where there is no room for a number. */
const isFilled = (text: string): boolean => /^#{3,}$/.test(text.trim());

/** Whether programs write such a text into a table in the place of what it should say. */
export const isLost = (text: string): boolean => isErrorName(text) || isFilled(text);
