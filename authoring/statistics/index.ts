/** What stored sittings say of the items. */
export {
  analyseItems,
  reliabilityOf,
  type Sitting,
} from './item-analysis.ts';
