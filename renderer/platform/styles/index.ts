/** What these pages share with a station's, and then their own. A desk's own letters: nothing is fetched for them. */
import '../../design/tokens.css';
import '../../design/styles/base.css';
import '../../design/styles/controls.css';
import '../../design/styles/overlays.css';
import './frame.css';
import './rows.css';
import './workers.css';
import './set-up.css';
import './turns.css';
import './bulletin.css';
import './evidence.css';
import './exams.css';
import './banks.css';
