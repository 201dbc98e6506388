import type { Hono } from 'hono';
import { PAGE_ROUTE, SCRIPT_ROUTE } from '../control-path.ts';
import type { ControlEnv } from './control-env.ts';
import { panelScript } from './panel-script.ts';

/** The switch panel: a page with one element, and its script. */
export function pageRoutes(app: Hono<ControlEnv>): void {
  app.get(PAGE_ROUTE, (context) => {
    // The page's URLs are relative to its own, which therefore ends with a slash.
    const { pathname, search } = new URL(context.req.url);
    // Relative, because a proxy may have taken a prefix away.
    const last = pathname.slice(pathname.lastIndexOf('/') + 1);
    if (last !== '') return context.redirect(`${last}/${search}`, 308);
    context.header('Content-Security-Policy', POLICY);
    context.header('Referrer-Policy', 'no-referrer');
    return context.html(PAGE);
  });
  app.get(SCRIPT_ROUTE, async (context) => {
    context.header('Content-Type', 'text/javascript; charset=utf-8');
    return context.body(await panelScript());
  });
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>posthog-experiments-mock</title>
<script type="module" src="panel.js"></script>
</head>
<body>
<noscript>The panel needs JavaScript; <a href="openapi.json">openapi.json</a> describes the API behind it.</noscript>
</body>
</html>
`;
