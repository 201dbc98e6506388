import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['leaks.ts', 'other.ts', 'hooks.ts', 'late.ts'] } });
