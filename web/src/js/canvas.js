// A canvas: its notes are written, moved and kept fresh by the files named here, fetched only where there is one.
import "./canvas_live.js";
import "./canvas_notes.js";
import "./canvas_move.js";
import "./canvas_menu.js";
