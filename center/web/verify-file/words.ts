/** What stands on the page, in both languages at once: it is a file that somebody saved, and asks nobody which. */
export const VERIFY_WORDS = {
  title: '离线查验证书 · Verify certificates offline',
  how: '在本机核对，不联网，什么也不发出去。给出证书文件（.json），或把二维码里的全部文字贴进来。Everything is checked on this machine; nothing is sent. Give the file of a certificate (.json), or paste all that its QR code says.',
  certificate: '证书文件 · Certificate',
  lists: '状态列表（撤销、暂停；从考务中心取得）· Status lists (revoked, suspended; from the center)',
  code: '二维码文字 · Text of the QR code',
  check: '查验 · Verify',
  center: '考务中心公钥 · Key of the center',
  compare: '请核对这把公钥与考务中心公布的一致。Compare this key with the one that the center publishes.',
  shown: {
    rows: [
      ['name', '姓名 · Name'],
      ['ending', '证件号末四位 · ID number ends in'],
      ['title', '考试 · Exam'],
      ['firm', '单位 · Firm'],
      ['passedAt', '通过日期 · Passed on'],
      ['expiresAt', '有效期至 · Valid until'],
      ['number', '编号 · Number'],
    ],
    standings: {
      valid: '真实有效 · Genuine and valid',
      unknown:
        '真实；是否已被撤销，未给出状态列表，不得而知 · Genuine; without status lists nobody knows whether it was revoked',
      expired: '真实，已过有效期 · Genuine, expired',
      suspended: '真实，成绩正在复核，暂不作数 · Genuine, suspended',
      revoked: '已被撤销 · Revoked',
    },
    reasons: {
      unreadable: '读不出：不是证书，或不完整 · This is no certificate, or not all of it',
      forged:
        '签名不对：不是这个考务中心签发的，或被改动过，或所用密钥比本文件新 · Not signed by this center, or changed since, or by a key that is newer than this file',
      'key-revoked':
        '签名所用的密钥已被撤销，请向考务中心重新取得证书 · The key that signed it was revoked: get the certificate anew',
      'key-ended': '签名时密钥不在有效期内 · Signed with a key outside of its time',
      'list-other': '状态列表不是这份证书的 · The status list is not of this certificate',
    },
    asOf: '撤销情况截至 · Status as of',
    never: '长期有效 · does not expire',
    insecure: '请先把本页存到本机，再从本机打开 · Save this page and open it from your machine first',
  },
} as const;
