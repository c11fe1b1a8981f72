import { CertificateFacts } from '../../contract/records/certificates.ts';
import { certificateNumber } from '../../contract/words/certificate-number.ts';
import { sha256 } from '../hash.ts';
import { numberHashOf } from './credential.ts';

export const NUMBER = '11010519491231002X';
export const SALT = 'f'.repeat(32);

/** What a certificate says, as tests want it. */
export const factsOf = (changes: Partial<Record<keyof CertificateFacts, unknown>> = {}): CertificateFacts =>
  CertificateFacts.parse({
    number: certificateNumber('7K3M9QXD2FHT'),
    ...{ tenantId: 'tn_demo', firm: '示范企业', examId: 'ex_demo' },
    title: { zh: '通用安全知识考试', en: 'General Safety Exam' },
    ...{ name: '张示范', ending: '002X', numberHash: numberHashOf(NUMBER, SALT) },
    ...{ passedAt: '2026-11-01T02:00:00.000Z', issuedAt: '2026-11-01T02:01:00.000Z' },
    expiresAt: '2029-11-01T02:00:00.000Z',
    ...{ sittingId: 'si_a', recordHash: sha256('record'), logIndex: 7, place: 5 },
    ...changes,
  });
