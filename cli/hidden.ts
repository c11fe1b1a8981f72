/** For every command that reads a bank. */
export const HIDDEN_OPTION = ['--hidden', 'read the rows and sheets of a workbook too that are hidden in it'] as const;
