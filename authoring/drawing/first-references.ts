/**
 * What told, in forms drawn by `rotation@1` and `course`, that options name others. It stays as it was, so that those forms
 * are drawn again as they were: {@link import('./references.ts').refersToOthers} knows far more.
 */
const NAMES_OTHERS = [
  // 以上都对, 上述情况可能都有, 以上五项; not 10米以上, 以上海为例.
  /(?<![\d%℃°米级层台人年月日时分岁度伏安千瓦吨及以])(以上|上述|上面|前述)(?!海)[^,，。;；]{0,6}(都|全|均|皆|各|任|两|二|三|四|五|几|多|所有|答案|选项|说法|情况|方法|措施|一起)/,
  /前[两二三四五]项|第[一二三四五六]项|[两二三四五]者(都|均|皆)/,
  /(^|[^A-Z])[A-F]\s*([和与或及、,+&]|以及|或者|AND|OR)\s*[A-F]([^A-Z]|$)/,
  /^[^A-Z]*[A-F]{2,}\s*(都|均|皆|全|项|对|正确|错)/,
  /(选项|答案)\s*[A-F]([^A-Z]|$)/,
  /\b(ALL|NONE|BOTH|ANY|NEITHER) OF( THE)? (ABOVE|THESE)\b/,
];

export const firstNamesOthers = (text: string): boolean => {
  // Full width, half width, lower case: all the same to a reader.
  const folded = text.normalize('NFKC').toUpperCase();
  return NAMES_OTHERS.some((pattern) => pattern.test(folded));
};
