/** The style sheet of the provider. It is a module, so that it is found wherever the provider runs. */
export const PROVIDER_STYLES = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #0f1115);
  --surface: light-dark(#fff, #181b21);
  --text: light-dark(#15181e, #eceef2);
  --muted: light-dark(#5b6472, #9aa3b2);
  --border: light-dark(#dde1e7, #2c313a);
  --accent: light-dark(#1f6f43, #3fa36c);
  --accent-text: light-dark(#fff, #06130b);
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
  justify-items: center;
  align-items: center;
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

h1 {
  margin: 0 0 4px;
  font-size: 20px;
  line-height: 1.3;
  text-wrap: balance;
}

p {
  margin: 0 0 20px;
  color: var(--muted);
}

form {
  display: grid;
  gap: 10px;
}

button {
  min-height: 42px;
  padding: 8px 14px;
  font: inherit;
  font-weight: 550;
  color: inherit;
  background: transparent;
  border: 1px solid var(--border);
  border-radius: 9px;
  cursor: pointer;
}

button:hover {
  border-color: var(--muted);
}

button:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}

.primary {
  background: var(--accent);
  border-color: var(--accent);
  color: var(--accent-text);
}

.quiet {
  border-color: transparent;
  color: var(--muted);
  font-weight: 450;
}

.account {
  display: flex;
  align-items: center;
  gap: 12px;
  text-align: start;
}

.avatar {
  display: grid;
  place-items: center;
  inline-size: 32px;
  block-size: 32px;
  border-radius: 50%;
  background: var(--accent);
  color: var(--accent-text);
}

.person {
  display: grid;
  line-height: 1.3;
}

.person span {
  color: var(--muted);
  font-size: 13px;
  font-weight: 450;
}

.permissions {
  margin: 0 0 24px;
  padding: 14px 16px;
  list-style: none;
  border: 1px solid var(--border);
  border-radius: 9px;
}

.permissions li::before {
  content: "✓";
  margin-inline-end: 10px;
  color: var(--accent);
}

.decisions {
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: 10px;
}

footer {
  font-size: 13px;
  color: var(--muted);
}
`;
