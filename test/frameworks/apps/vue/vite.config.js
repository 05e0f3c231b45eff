import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const isCustomElement = (tag) => tag === 'connect-account' || tag === 'connected-accounts-list';

export default defineConfig({ plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] });
