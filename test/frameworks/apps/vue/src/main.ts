import 'connect-account/define.js';
import type {} from 'connect-account/vue.js';
import { createApp } from 'vue';
import App from './App.vue';

createApp(App).mount('#app');
