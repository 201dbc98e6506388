import { createRoot } from 'react-dom/client';
import { Launches } from './launches.tsx';

if (import.meta.env.DEV) await import('./mock.ts');

const root = document.getElementById('root');
if (root) createRoot(root).render(<Launches />);
