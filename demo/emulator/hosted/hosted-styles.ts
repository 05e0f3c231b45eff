/** The style sheet of the hosted pages. It is a module, so that it is found wherever the emulator runs. */
export const HOSTED_STYLES = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f4f4f6, #101013);
  --surface: light-dark(#fff, #19191d);
  --text: light-dark(#17171a, #ededf0);
  --muted: light-dark(#62626d, #9c9ca8);
  --border: light-dark(#dedee4, #2e2e35);
  --accent: light-dark(#17171a, #ededf0);
  --accent-text: light-dark(#fff, #17171a);
  --problem: light-dark(#b3261e, #ffb4ab);
  font:
    15px / 1.5 system-ui,
    sans-serif;
}

* {
  box-sizing: border-box;
}

body {
  min-height: 100dvh;
  margin: 0;
  display: grid;
  grid-template-rows: 1fr auto;
  place-items: center;
  gap: 16px;
  padding: 24px 16px;
  background: var(--page);
  color: var(--text);
}

main {
  width: min(400px, 100%);
  padding: 28px;
  background: var(--surface);
  border: 1px solid var(--border);
  border-radius: 14px;
}

.logo {
  display: block;
  margin-block-end: 16px;
}

h1 {
  margin: 0 0 4px;
  font-size: 20px;
  line-height: 1.3;
}

p {
  margin: 0 0 20px;
  color: var(--muted);
}

p:last-child {
  margin: 0;
}

.problem {
  color: var(--problem);
}

form {
  display: grid;
  gap: 4px;
}

label {
  font-weight: 550;
}

small {
  margin-block-end: 14px;
  color: var(--muted);
}

input,
textarea {
  width: 100%;
  padding: 9px 12px;
  font: inherit;
  color: inherit;
  background: transparent;
  border: 1px solid var(--border);
  border-radius: 9px;
}

.decisions {
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: 10px;
}

button {
  min-height: 42px;
  font: inherit;
  font-weight: 550;
  color: inherit;
  background: transparent;
  border: 1px solid var(--border);
  border-radius: 9px;
  cursor: pointer;
}

.primary {
  background: var(--accent);
  border-color: var(--accent);
  color: var(--accent-text);
}

:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}

footer {
  font-size: 13px;
  color: var(--muted);
}
`;
