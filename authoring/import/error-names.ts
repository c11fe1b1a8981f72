const ERROR =
  /^#(REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|CONNECT!|BLOCKED!|UNKNOWN!|BUSY!|PYTHON!|EXTERNAL!|GETTING_DATA)$/i;

/** Whether a text is nothing but what a formula shows that failed. */
export const isErrorName = (text: string): boolean => ERROR.test(text.trim());
