/** Certificates of passing: how they are signed, and how anybody checks them. */
export { certificateCode } from './code.ts';
export { certificateId, certificateOf, type Issuing, numberHashOf } from './credential.ts';
export { statusListOf } from './status-list.ts';
export {
  isNumberOf,
  type ProvenCertificate,
  verifyCertificateCode,
  verifyCertificateOfPassing,
} from './verify.ts';
