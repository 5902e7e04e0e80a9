// What makes answering smoother. Every page works without it; nothing here decides which question comes next.
import "./answer-forms.js";
import "./answer-keys.js";
import "./answer-drafts.js";
import { enhanceQuestions } from "./answer-live.js";
import { prove } from "./answer-proof.js";

document.documentElement.classList.add("scripted");
enhanceQuestions(document);
document.querySelectorAll("form[data-prove]").forEach(prove);
