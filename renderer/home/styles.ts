/** What these pages share with a station's, and then their own. A phone's own letters: nothing is fetched for them. */
import '../design/tokens.css';
import '../design/styles/base.css';
import '../design/styles/controls.css';
import '../design/styles/overlays.css';
import '../design/styles/scene.css';
import '../candidate/candidate.css';
import '../exam/exam.css';
import '../practice/practice.css';
import '../learning/learning.css';
import './home.css';
import './lesson.css';
