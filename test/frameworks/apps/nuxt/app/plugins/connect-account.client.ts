import 'connect-account/define.js';

export default defineNuxtPlugin(() => {});
