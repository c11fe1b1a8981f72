/** What a receipt of a result begins with, where no center is named. */
export const RECEIPT_MARK = 'EXS1:';
/** Where a center shows what became of one. In capitals: a QR code packs them more densely. */
export const RECEIPT_PATH = '/R/';

/** The end of its signature, which nobody can choose: enough to compare two of them by voice. */
export const shortCode = (code: string): string => code.slice(-8).replace(/^(.{4})/, '$1-');
