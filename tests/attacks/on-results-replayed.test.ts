import { ATTACKS_ON_RESULTS } from './attacks.ts';
import { replayEach } from './replayed.ts';

replayEach(ATTACKS_ON_RESULTS);
