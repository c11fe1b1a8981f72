import type { Localized } from '../contract/words/localized.ts';
import type { Reason } from '../contract/words/reasons.ts';

/** What a center answers to whoever types commands: they must do something else than whoever stands before a screen. */
export const commandLine: Readonly<Partial<Record<Reason, Required<Localized>>>> = {
  unauthorised: {
    zh: '没有权限。请检查 --token 是不是这个考务中心打印出来的那一个。',
    en: 'Not authorised. Check that --token is the one this center printed.',
  },
  'center-down': {
    zh: '连不上考务中心。请检查它是否在运行，--center 的地址对不对。',
    en: 'The center cannot be reached. See whether it runs, and whether --center is its address.',
  },
  'center-refused': {
    zh: '考务中心拒绝了请求。原因在它的日志里。',
    en: 'The center refused the request. Its log says why.',
  },
  'center-certificate-other': {
    zh: '那里的 TLS 证书既不受公认机构信任，也没有考务中心公钥的签名，什么都没有发出。请核对地址；考务中心自带证书时，把它的公钥写进 EXAM_CENTER_KEY。',
    en: 'The TLS certificate there is neither vouched for by a public authority nor signed by the key of the center; nothing was sent. Compare the address; where the center makes its own certificate, put its public key into EXAM_CENTER_KEY.',
  },
  'center-plain': {
    zh: '地址是 http://，令牌会明文过网，没有发出。请用 https://；确实不行，设 EXAM_STATION_PLAIN_HTTP=1。',
    en: 'The address is http://, and the token would go over the network in plain; it was not sent. Use https://; where that cannot be, set EXAM_STATION_PLAIN_HTTP=1.',
  },
  'bad-message': {
    zh: '有内容不符合约定，没有执行。请对照 --help 检查写法。',
    en: 'Something was not written as agreed, and nothing was done. Compare it with --help.',
  },
  'no-exam': {
    zh: '考务中心没有这场考试。用 list 查看有哪些，用 bank import 建立。',
    en: 'The center has no such exam. See list for those it has; bank import makes one.',
  },
  'host-not-allowed': {
    zh: '那台考站不是锁定的考试窗口，而这场考试只许在规定的地方进行。见 docs/proctoring.md 的 hosts。',
    en: 'That station is not shown where this exam may be sat. See hosts in docs/proctoring.md.',
  },
  'not-on-roster': {
    zh: '名单里没有这名考生。用 list 查看，用 candidate 加入。',
    en: 'The center has no such candidate. See list for those it has; candidate adds one.',
  },
  'grant-missing': {
    zh: '没有这个授权。用 grant list 查看有哪些。',
    en: 'There is no such grant. See grant list for those there are.',
  },
  'station-unknown': {
    zh: '考务中心没有这台考站，或它就是出发的那一台。用 list 查看有哪些。',
    en: 'The center has no such station, or it is the one to leave from. See list for those it has.',
  },
  'second-proctor-needed': {
    zh: '这场考试的这一步要两名监考员：加上 --two，再输入另一名监考员的 PIN。',
    en: 'This exam asks for two proctors here: add --two and give the PIN of another one.',
  },
  'pin-wrong': {
    zh: 'PIN 不对。忘了 PIN 的监考员要用 proctor reset 给的新代码重新设置。',
    en: 'The PIN is wrong. Whoever forgot theirs sets another one with a code from proctor reset.',
  },
  'proctor-unknown': {
    zh: '没有这位监考员。用 list 查看有哪些，用 --proctor 指明。',
    en: 'There is no such proctor. See list for those there are, and name one with --proctor.',
  },
  'no-face': { zh: '照片里没有人脸。', en: 'There is no face in the picture.' },
  'several-faces': { zh: '照片里不止一张脸。', en: 'There is more than one face in the picture.' },
  internal: { zh: '程序出错。日志里有原因。', en: 'A fault in the program. The log says more.' },
};
