/** What stands on a certificate, in both languages: whoever is shown it may read either. */
export const PAPER_WORDS = {
  title: ['考试合格证书', 'Certificate of Passing'],
  certifies: ['兹证明', 'This certifies that'],
  passed: [
    '已到场核验身份，并在监考下通过以下考试：',
    'was identified in person and passed, under supervision, the exam',
  ],
  document: ['证件号末四位', 'ID number ends in'],
  firm: ['组织单位', 'Held by'],
  passedAt: ['通过日期', 'Passed on'],
  expiresAt: ['有效期至', 'Valid until'],
  never: ['长期有效', 'does not expire'],
  number: ['证书编号', 'Certificate number'],
  log: ['成绩登记', 'Logged result'],
  scan: ['扫码查验真伪与效力', 'Scan to verify'],
  offline: [
    '二维码含签名，没有网络时也能查验真伪；是否已被撤销，以查验页面为准。',
    'The code is signed and can be verified without a network. Whether the certificate was revoked since, the page says.',
  ],
} as const satisfies Record<string, readonly [zh: string, en: string]>;
