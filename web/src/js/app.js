// One behaviour a file; each attaches itself by data-* attributes, to what is there now and to what htmx brings later.
import "htmx.org";
