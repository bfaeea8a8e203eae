import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const root = import.meta.dirname;

/** Entry points that exist: the shell is built where its files are, the page always. */
const present = (entries: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(entries)
      .map(([name, path]) => [name, resolve(root, path)] as const)
      .filter(([, path]) => existsSync(path)),
  );

/** The database looks for its migrations beside its own code, and all code of the shell lies in one folder. */
const migrationsBesideCode = (): Plugin => ({
  name: 'migrations-beside-code',
  generateBundle() {
    const folder = resolve(root, 'electron/core/db/migrations');
    for (const name of readdirSync(folder)) {
      this.emitFile({
        type: 'asset',
        fileName: `migrations/${name}`,
        source: readFileSync(join(folder, name)),
      });
    }
  },
});

const mainEntries = present({
  index: 'electron/main/index.ts',
  service: 'electron/hosts/service.ts',
  // A thread begins with a file of its own (docs/adr/0051).
  'measuring-thread': 'electron/core/qc/measuring-thread.ts',
  'judging-thread': 'electron/core/qc/judging-thread.ts',
  'writing-thread': 'electron/core/qc/writing-thread.ts',
  'walking-thread': 'electron/core/essence/walking-thread.ts',
  'aligning-thread': 'electron/core/compare/alignment/aligning-thread.ts',
});
const preloadEntries = present({ index: 'electron/preload/index.ts' });

const config: UserConfig = {
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react(), babel({ presets: [reactCompilerPreset()] })],
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      target: 'chrome140',
      minify: true,
      // Fonts stay files: the content security policy allows no data: fonts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: resolve(root, 'renderer/index.html') },
    },
  },
};

if (Object.keys(mainEntries).length > 0) {
  config.main = {
    plugins: [migrationsBesideCode()],
    build: {
      outDir: resolve(root, 'out/main'),
      rollupOptions: { input: mainEntries, output: { chunkFileNames: '[name]-[hash].js' } },
    },
  };
}

if (Object.keys(preloadEntries).length > 0) {
  // A sandboxed preload can only be CommonJS, and can load nothing but electron itself.
  config.preload = {
    build: {
      outDir: resolve(root, 'out/preload'),
      externalizeDeps: false,
      rollupOptions: { input: preloadEntries, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  };
}

export default defineConfig(config);
