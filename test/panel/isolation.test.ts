import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../conformance/fronts/chromium.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openTestSite(new URL('./page.ts', import.meta.url));
});

afterAll(() => site.close());

/** Styles that a page may apply to its own elements. */
const HOSTILE = `
  :root { font-size: 40px; --text: red; --surface: lime; --accent: red; }
  * { color: red !important; background: lime !important; font: 30px fantasy !important; letter-spacing: 9px !important;
      text-transform: uppercase !important; visibility: hidden !important; direction: rtl; line-height: 4; }
  posthog-mock-panel { display: none !important; position: static !important; opacity: 0 !important; transform: scale(3); }
  button, input, section, .panel { display: none !important; border: 20px solid red !important; }
  div { padding: 50px !important; }
`;

const styles = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('posthog-mock-panel')?.shadowRoot;
    return ['.panel', '.header', 'h1', '.tabs button', '.choice', '.choice-name', 'input', 'fieldset', '.bar']
      .map((selector) => root?.querySelector(selector))
      .map((element) => {
        if (!element) return 'missing';
        const { color, background, font, letterSpacing, textTransform, direction } =
          getComputedStyle(element);
        const { x, y, width, height } = element.getBoundingClientRect();
        const box = [x, y, width, height].map(Math.round);
        return {
          color,
          background,
          font,
          letterSpacing,
          textTransform,
          direction,
          box,
          ...visibility(element),
        };
      });
    function visibility(element: Element) {
      return { isVisible: element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) };
    }
  });

it('looks the same on a page with hostile styles', async () => {
  const page = await site.openPage();
  const before = await styles(page);
  expect(before).not.toContain('missing');
  await page.addStyleTag({ content: HOSTILE });
  expect(await styles(page)).toEqual(before);
});

it('does not affect the page’s styles', async () => {
  const page = await site.openPage();
  const looks = () =>
    page.evaluate(() => {
      const heading = document.querySelector('main h1');
      return (
        heading &&
        [...getComputedStyle(heading)].map((name) => getComputedStyle(heading).getPropertyValue(name))
      );
    });
  const before = await looks();
  await page.evaluate(() => globalThis.panel.close());
  expect(await looks()).toEqual(before);
});

it('keeps its key presses from the page’s shortcuts', async () => {
  const page = await site.openPage();
  await page.evaluate(() => {
    document.body.dataset.keys = '';
    addEventListener('keydown', ({ key }) => {
      document.body.dataset.keys += key;
    });
  });
  await page.getByPlaceholder('Filter by name').pressSequentially('ok');
  expect(await page.evaluate(() => document.body.dataset.keys)).toBe('');
});

it('does not block the page while it is a button', async () => {
  const page = await site.openPage({ path: '/?closed', viewport: { width: 360, height: 640 } });
  const box = await page.locator('posthog-mock-panel').getByRole('button').boundingBox();
  expect(box?.height).toBeLessThan(44);
  expect(box?.width).toBeLessThan(180);
  expect(await page.evaluate(() => document.elementFromPoint(20, 600)?.localName)).not.toBe(
    'posthog-mock-panel',
  );
});
