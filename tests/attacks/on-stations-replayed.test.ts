import { ATTACKS_ON_STATIONS } from './attacks.ts';
import { replayEach } from './replayed.ts';

replayEach(ATTACKS_ON_STATIONS);
