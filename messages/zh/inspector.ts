/** For whoever checks a proof. Chinese. */
export const inspector = {
  'verdict.proven': '已证明：签名都对，考务中心已登记每一条成绩。',
  'verdict.proven-by-its-own-key':
    '只在随文件来的公钥确实是考务中心的时，才算已证明：签名都对，每一条成绩都登记过。谁都能自造一把公钥，请对照下面的编号。',
  'verdict.signed-only': '只有签名：签名都对，但没有考务中心的登记回执。考站可以另写一份，请等登记后再采信。',
  'verdict.refused': '不采信：这份文件不能证明任何成绩。',
  'verdict.refused-audit': '不采信：这份文件不是考务中心签署的操作记录。',
  'remark.key-self-stated': '考务中心的公钥是随文件来的。请把编号 {key} 与考务中心公布的对照，或用 --key 给出公钥。',
  'remark.log-not-shown':
    '文件没有附上公开日志：看不出考务中心是否登记过这台考站的证书。请向考务中心要一份附有日志的。',
  'remark.reason-unknown': '未知原因：{word}。写下它的程序比这一个新。',
  'remark.signed-before-revocation':
    '其中有内容是用考务中心的密钥 {key} 签的，该密钥已于 {at} 撤销。考务中心用其他密钥签名的日志里有这些内容，因此仍然有效。',
  'remark.dated-ahead': '文件里的时间 {at} 比这台电脑的时间还晚。请核对这台电脑的时钟。',
  'remark.logged-late': '{records} 条成绩在考后最多 {days} 天才登记：考试日期只有考站自己的时钟作证。',
  'remark.logged-before-sat': '{records} 条成绩的登记时间早于交卷时间（如 {sitting}）。那时还不检查这一点。',
  'remark.marks-unexplained': '{records} 条成绩的分数与每题得分对不上（如 {sitting}）。那时还不检查这一点。',
  'remark.pass-marks-none': '{records} 条正式成绩的合格线是 0 分（如 {sitting}）：人人合格。',
  'remark.not-formal': '{records} 条成绩是练习，不是考试（如 {sitting}）。',
  'remark.host-not-locked': '{records} 条正式成绩不全是在锁定的考试机上考的（如 {sitting}）。',
  'remark.identity-overridden': '{records} 条成绩的考生是监考员人工放行的，不是人脸比对通过的（如 {sitting}）。',
  'remark.incident-confirmed': '{records} 条合格成绩里有监考员认定属实的异常（如 {sitting}）。',
  'remark.clock-moved': '{records} 条成绩考试期间考站时钟被改动过（如 {sitting}）：日期不完全可靠。',
  'remark.time-contradicted':
    '{records} 条成绩的日期与考务中心签名的时间对不上（如 {sitting}）。何时考的，请问考务中心。',
  'remark.active-longer': '{records} 条成绩的考试用时比开考到交卷的时间还长（如 {sitting}）：其间时钟可能被改动过。',
  'remark.entry-outside': '{records} 条成绩里有不在考试期间的异常或处理（如 {sitting}）。',
  'remark.batches-missing': '这里没有批次 {from} 到 {to}：其中的成绩没有检查。',
  'remark.batch-replaced': '批次 {number} 有两份：{files}。考站收回过其中一份，另一份代替它。',
  'remark.batch-unlinked': '批次 {number} 接着的不是这里的前一批（{files}）：考站可能收回过那一批。',
  'remark.record-again': '{sitting} 在两个批次里，内容相同：{files}。最多只登记过一次。',
  'remark.exam-twice': '一场换过考站的考试有两份成绩：{sittings}。以哪一份为准，请问考务中心。',
  'remark.station-key-other': '考站 {station} 在这些文件之间换过签名密钥。何时更换可问考务中心。',
} as const;
