import 'connect-account/define.js';
import type {} from 'connect-account/svelte.js';
import { mount } from 'svelte';
import App from './App.svelte';

mount(App, { target: document.querySelector('#app') as Element });
