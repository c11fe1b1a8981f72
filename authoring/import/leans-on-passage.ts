/** 根据以上材料, 该案例, in the passage above: what is asked is asked of a text that stands elsewhere. */
const LEANS =
  /(以上|上述|上面|前述|上文|前文|本|该|此|下列|给定|所给)(的)?(案例|材料|资料|短文|文章|情景|情境|事故案例|背景|文字|段落)|根据(案例|材料|资料|短文|文章|背景|情景)|\b(passage|case|text|scenario|paragraph)s? above\b|\b(the|this) (passage|case study|scenario)\b|\babove (passage|case|text|scenario)\b/i;

/** Whether a stem asks about a text that stands elsewhere. */
export const leansOnPassage = (stem: string): boolean => LEANS.test(stem);
