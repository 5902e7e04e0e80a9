// One behaviour a file; each attaches itself by data-* attributes, to what is there now and to what htmx brings later.
import "htmx.org";
import "./requests.js";
import "./toasts.js";
import "./dialogs.js";
import "./menus.js";
import "./nav.js";
import "./theme.js";
import "./keys.js";
import "./palette.js";
import "./cursor.js";
import "./selection.js";
import "./panel.js";
import "./board.js";
import "./charts.js";
import "./cells.js";
import "./forms.js";
import "./drafts.js";
import "./dropzone.js";
import "./times.js";
import "./thread.js";
import "./quote.js";
import "./mentions.js";
import "./paste.js";
import "./copy.js";
import "./offline.js";
import "./account.js";

if (document.querySelector("[data-builder]")) import("./builder_lines.js");
