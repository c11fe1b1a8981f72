/** Every style sheet, from what all have to what one feature has. */
import '@fontsource-variable/noto-sans-sc/wght.css';
import './design/tokens.css';
import './design/styles/base.css';
import './design/styles/controls.css';
import './design/styles/overlays.css';
import './design/styles/frame.css';
import './design/styles/scene.css';
import './design/styles/faces.css';
import './candidate/candidate.css';
import './candidate/result.css';
import './candidate/slip.css';
import './exam/exam.css';
import './practice/practice.css';
import './proctor/proctor.css';
import './learning/learning.css';
import './terminal/terminal.css';
