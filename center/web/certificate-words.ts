import type { Standing } from '../../contract/people-center/certificates.ts';
import type { Locale } from '../../contract/words/localized.ts';

const zh = {
  title: '证书查验',
  standings: {
    valid: '有效：这份证书由本考务中心签发',
    expired: '已过有效期',
    suspended: '证书所依据的成绩正在复核，暂不作数',
    revoked: '已撤销，不再有效',
  } satisfies Record<Standing, string>,
  unknown: '查无此证：没有这个编号的证书。请核对编号。',
  number: '编号',
  exam: '考试',
  firm: '单位',
  holder: '持证人',
  passedAt: '通过时间',
  expiresAt: '有效期至',
  never: '长期有效',
  compare: '本页只显示姓名的第一个字。请与证书上的姓名和持证人的证件核对。',
  offline: '没有网络时怎样查验',
};
type Words = typeof zh;
const en: Words = {
  title: 'Verify a certificate',
  standings: {
    valid: 'Valid: this center issued it',
    expired: 'Expired',
    suspended: 'The result that it rests on is being looked into; it does not count for now',
    revoked: 'Revoked; not valid any more',
  },
  unknown: 'There is no certificate with this number. Check the number.',
  number: 'Number',
  exam: 'Exam',
  firm: 'Firm',
  holder: 'Holder',
  passedAt: 'Passed',
  expiresAt: 'Valid until',
  never: 'does not expire',
  compare:
    'Of the name only its first letter is shown. Compare the name on the certificate with the document of its holder.',
  offline: 'How to verify without a network',
};

export const CERTIFICATE_WORDS: Readonly<Record<Locale, Words>> = { zh, en };
