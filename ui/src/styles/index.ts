import "@fontsource-variable/noto-sans";
import "@fontsource-variable/noto-sans-arabic";
import "@fontsource/noto-sans-tifinagh/400.css";
import "./theme.css";
import "./base.css";
