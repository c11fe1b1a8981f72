import { isWordsAlone, parseContent } from '../../contract/content/parse.ts';
import { tidy } from './cells.ts';
import { writesFileAddress } from './linked-files.ts';

/** Where a sentence, or a part of one, begins. */
const BEGINS = '(?:^|[，。,.；;：:！？（(])\\s*(?:请|请先|请仔细)?';
/** Drawings in general are none that a question shows: 制图, 地图, 试图. */
const NOT_IN_A_WORD = '(?<![意企试力版绘制地面截视贪路流框天])';
const WHICH = '(?:一?[段张幅个组]|这[段张幅个组]|下面|下列|以下|上面|所给|给出|给定|此|该|本题)?的?';
const SEEN = '(?:图片|图像|图形|照片|漫画|插图|附图|示意图|电路图|接线图|曲线图)';
const HEARD = '(?:录音|音频|视频|录像|动画|短片|影片|语音|对话)';
const ENGLISH_PICTURE = '(?:pictures?|figures?|images?|diagrams?|photos?|illustrations?|drawings?)';

/** How a question speaks of a picture, a recording or a film that it shows. */
const SPOKEN: readonly RegExp[] = [
  /(?<![以天之])下图(?![纸书样册则谱])|[下上左右附]图(为|是|中|所示|属于|表示|[的里内哪]|[，,、：:（(])|(如|见)[下上左右附]?图(所示|中|[\d一二三四五六七八九十甲乙AB]|[）)，,。、：:；;]|$)|图示|看图[，,。：:、选回判]|下列图[片形中]|图片(中|里|所示)|^(请)?(听|收听)(一?段|下面|以下)?(录音|音频)|^(请)?(观看|看)(一?段|下面|以下)?(视频|录像)/,
  new RegExp(`${NOT_IN_A_WORD}图\\s?(?:\\d{1,2}|[一二三四五六七八九十甲乙A-Da-d])\\s?(?:中|所示|表示|[)）]|为|是|的)`),
  new RegExp(`${NOT_IN_A_WORD}图中(?:所示|标志|标识|信号|符号|手势|箭头|所标|标注|的?[A-D甲乙①-⑨\\d])`),
  /(此|该|这[张幅个])图(片|像|形)?(?![纸书样册则谱])|[如见]附图|附图(所示|中|为|是)/,
  new RegExp(
    `${BEGINS}(?:仔细)?(?:看|观看|观察|根据|结合|依据|阅读)${WHICH}(?:${SEEN}|${HEARD})(?!资料|记录|监控|设备|系统|存储)`,
  ),
  new RegExp(`${BEGINS}(?:听|收听|播放)${WHICH}${HEARD}(?:，|,|后|中|回答|并|选|$)|${BEGINS}听力材料`),
  /\b(pictures?|figures?|images?|diagrams?|photos?|illustrations?|drawings?)\s+(below|above|shown|opposite)\b|\b(following|attached)\s+(picture|figure|image|diagram|photo|illustration|drawing)\b|\b(shown|seen|pictured|illustrated)\s+(in|on)\s+the\s+(picture|figure|image|diagram|photo|illustration|drawing)\b/i,
  new RegExp(`\\b(?:see|look at|refer to|study|examine) (?:the )?${ENGLISH_PICTURE}\\b`, 'i'),
  new RegExp(`\\b(?:in|on|from) (?:the|this) ${ENGLISH_PICTURE}\\b|\\b(?:figure|fig\\.) ?\\d`, 'i'),
  /\b(the|this) (sign|symbol|signal|graph|chart) (below|shown|pictured)\b|\bfollowing (graph|chart|sign|symbol)\b/i,
  /\b(watch|view) (the|this) (video|film|clip)\b|\blisten to (the|this) (recording|audio|clip|dialogue?|conversation|passage)\b/i,
  /\b(following|attached) (video|audio|recording|clip|film)\b|\b(video|audio|recording|clip) (below|above)\b/i,
];

/** How a question speaks of a table or of what is attached to it. 下表面 is a side of a thing. */
const TABLED: readonly RegExp[] = [
  /[如见](下|附|右|左|上)表(?![面层皮])|(根据|依据|按照?|参照|参见|结合|查|看|从|由)(下|附|右|左)表(?![面层皮])/,
  /(?<![以天之水])下表(?:所示|中|所列|给出|列出|数据|内容|是|为)|附表(?:所示|中|所列)/,
  /[如见]附件(?!的?(要求|规定))|附件\s?\d{0,2}\s?(?:所示|所列|中的?(数据|图|表|材料))/,
  /\b(the )?(table|chart) (below|above)\b|\b(following|attached) (table|document|file|appendix)\b|\bsee (the )?attach(ed|ment)\b/i,
];

const hasTable = (text: string): boolean =>
  !isWordsAlone(text) && parseContent(text).some(({ kind }) => kind === 'table');

/**
 * Whether a stem or an option speaks of a picture, a recording or a film, or gives the address of one, or speaks of a table or something
 * attached, and has no table. A picture may show that.
 */
export function asksForPicture(text: string): boolean {
  const tidied = tidy(text);
  if (SPOKEN.some((pattern) => pattern.test(tidied)) || writesFileAddress(tidied)) return true;
  return TABLED.some((pattern) => pattern.test(tidied)) && !hasTable(text);
}
