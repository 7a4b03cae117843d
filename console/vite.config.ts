import { fileURLToPath } from 'node:url';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compress } from './scripts/compress.ts';
import { purge } from './scripts/purge.ts';

/** Where a server for development listens; scripts/dev.mjs sets both. */
const endpoint = process.env.SIGNET_ENDPOINT ?? 'http://localhost:3001';
const admin = process.env.SIGNET_ADMIN_PORT ?? '3002';
const port = Number(process.env.CONSOLE_PORT ?? 5173);

/** In development this process answers what the server answers otherwise: where everything is. */
const settings = (): Plugin => ({
  name: 'console-settings',
  configureServer: (server) => {
    server.middlewares.use('/console/config.json', (_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ endpoint, adminEndpoint: `http://localhost:${port}`, version: 'development' }));
    });
  },
});

export default defineConfig(({ command }) => ({
  // The built app finds its parts relative to `<base>`, which the server writes, so that it works below any path.
  base: command === 'build' ? './' : '/console/',
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, generatedRouteTree: './src/routes.gen.ts' }),
    react(),
    settings(),
    purge(),
    compress(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    port,
    strictPort: true,
    host: 'localhost',
    // The guides of docs/ are pages of the console, and the preview of the hosted pages reads their stylesheet and
    // phrases where the server has them.
    fs: { allow: ['..'] },
    // Everything but the console is the server's: sign-in pages, OpenID Connect, `/me`.
    proxy: { '^/(?!console(/|$|\\?))': { target: `http://127.0.0.1:${admin}` } },
  },
  build: { target: 'es2022', manifest: true, chunkSizeWarningLimit: 8000 },
  test: { include: ['src/**/*.test.{ts,tsx}'], environment: 'node' },
}));
