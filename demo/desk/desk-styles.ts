/** The style sheet of the page of knobs. */
export const DESK_STYLES = `
:root {
  color-scheme: light dark;
  --border: light-dark(#dde1e7, #2c313a);
  --muted: light-dark(#5b6472, #9aa3b2);
  --accent: light-dark(#2559d6, #8ab0ff);
  font: 15px / 1.5 system-ui, sans-serif;
  background: light-dark(#f6f7f9, #0f1115);
  color: light-dark(#15181e, #eceef2);
}
main { max-inline-size: 44rem; margin-inline: auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2, legend { font-size: 1rem; font-weight: 600; margin: 0 0 .5rem; padding: 0; }
fieldset, section, pre {
  margin: 1rem 0; padding: 1rem; border: 1px solid var(--border); border-radius: 10px;
  background: light-dark(#fff, #181b21);
}
fieldset > legend { float: inline-start; inline-size: 100%; }
pre { overflow-x: auto; }
p { margin: 0 0 .5rem; color: var(--muted); }
label, .row {
  display: flex; align-items: center; gap: .75rem; clear: both; padding-block: .4rem;
  border-block-start: 1px solid var(--border);
}
label > span, .row > span:first-child { flex: 1; min-inline-size: 0; overflow-wrap: anywhere; }
small { display: block; color: var(--muted); font-size: .85em; }
input:not([type=checkbox]), select, button {
  font: inherit; color: inherit; min-block-size: 2rem; padding-inline: .6rem; max-inline-size: 16rem;
  border: 1px solid var(--border); border-radius: 6px; background: transparent;
}
option { background: light-dark(#fff, #181b21); }
input[type=number] { inline-size: 7rem; }
input[type=checkbox] { inline-size: 1.15rem; block-size: 1.15rem; accent-color: var(--accent); }
button { cursor: pointer; }
button.primary { background: var(--accent); border-color: var(--accent); color: light-dark(#fff, #0d1526); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.buttons { display: flex; gap: .5rem; margin-block-start: .75rem; }
ul { margin: 0 0 .5rem; padding-inline-start: 1.2rem; }
@media (width < 30rem) { label, .row { flex-wrap: wrap; } label > span, .row > span:first-child { flex-basis: 100%; } }
`;
