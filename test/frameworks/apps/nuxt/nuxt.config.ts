export default defineNuxtConfig({
  telemetry: false,
  vue: {
    compilerOptions: { isCustomElement: (tag) => tag === 'connect-account' || tag === 'connected-accounts-list' },
  },
});
