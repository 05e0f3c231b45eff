/** Writes what editors read, from custom-elements.json: data for VS Code and for JetBrains into dist/. */
import { readFileSync } from 'node:fs';
import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';

const manifest = JSON.parse(readFileSync('custom-elements.json', 'utf8'));
const options = { outdir: 'dist' };
// Both print what they write, whatever their option says.
console.log = () => {};

generateVsCodeCustomElementData(manifest, { ...options, htmlFileName: 'html-custom-data.json', cssFileName: null });
generateJetBrainsWebTypes(manifest, { ...options, webTypesFileName: 'web-types.json', packageJson: false });
