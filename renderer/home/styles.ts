/** What these pages share with a station's, and then their own. A phone's own letters: nothing is fetched for them. */
import '../design/tokens.css';
import '../design/styles/base.css';
import '../design/styles/controls.css';
import '../design/styles/overlays.css';
import '../design/styles/scene.css';
import '../design/styles/pictures.css';
import '../candidate/topics.css';
import '../candidate/result.css';
import '../exam/exam.css';
import '../exam/item-card.css';
import '../exam/item-option.css';
import '../exam/countdown.css';
import '../exam/navigator.css';
import '../practice/practice.css';
import '../learning/learning.css';
import './home.css';
import './lesson.css';
