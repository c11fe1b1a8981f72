/** The certificate that the center shows, where it speaks TLS itself. */

export { keepFromFiles, type TlsFiles } from './from-files.ts';
export type { TlsKeeper } from './keeper.ts';
export { keepOwn, OWN_FILE } from './own.ts';
export { makeOwnCertificate } from './own-certificate.ts';
