import "./fonts.css";
import "./theme.css";
import "./base.css";
import "./failure-screen.css";
