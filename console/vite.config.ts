import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The console as files that the gateway serves: nothing inline, nothing from elsewhere, names by content. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  publicDir: false,
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    assetsDir: 'console',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
