import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rollupOptions: {
        input: {
          desktop: resolve('main/desktop.ts'),
          web: resolve('main/web.ts'),
          cli: resolve('main/cli.ts'),
          engine: resolve('analytics/engine/entry.ts'),
          'forecast-worker': resolve('analytics/forecast/worker.ts'),
          'anomaly-worker': resolve('analytics/anomaly/worker.ts'),
          'report-worker': resolve('main/reports/worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    // A sandboxed preload can load one CommonJS file and nothing else.
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), tailwindcss()],
    build: {
      outDir: 'out/renderer',
      sourcemap: false,
      minify: true,
      // The CSP allows no data: fonts, and the smallest subsets would be inlined as such.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: resolve('renderer/index.html') } },
    },
  },
})
