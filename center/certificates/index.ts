/** Certificates of exams that were passed: issued behind judging, looked up by anybody, ended by their firm. */
export { certificateEnds } from './ends.ts';
export { certificatesExport, exportCertificates } from './exporting.ts';
export { certificateFile, certificatePaper } from './files.ts';
export { forgetCertificates, isCertified } from './forgetting.ts';
export { withCertificates } from './issuing.ts';
export { migrations } from './migrations.ts';
export { certificateFileOfOneself, certificatePaperOfOneself, certificatesOfOneself } from './of-oneself.ts';
export { certificatesOfPeople } from './of-people.ts';
export { listCertificates, readCertificate } from './reading.ts';
export { revokeCertificate, revokeCertificateWithin } from './revoking.ts';
export { lookUpCertificate, readStatusList, type ToldCertificate } from './telling.ts';
export { listCertificateTerms, listExamTerms, setCertificateTerm } from './terms.ts';
export { certificateToGive, listCertificatesWithin, readCertificateWithin } from './within.ts';
