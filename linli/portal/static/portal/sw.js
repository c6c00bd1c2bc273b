// Keeps the directory of phones on this device, so that it opens without a network. Only pages that were made for
// nobody in particular are kept: a page of somebody signed in is fetched again without his cookies.
const PAGES = 'linli-pages-1';
const FILES = 'linli-files-1';
const MOST = 40;
const PATIENCE = 5000;
const BOOK = /^\/(s\/[^/]+\/)?phones\/([^/]+\/)?$/;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;
const MARK = '<meta name="linli-keep"';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== PAGES && name !== FILES) await caches.delete(name);
  await self.clients.claim();
})()));
self.addEventListener('message', event => {
  if (typeof event.data === 'string' && BOOK.test(event.data)) event.waitUntil(keep(event.data).catch(() => {}));
});
self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(page(event.request, url.pathname));
  else if (url.pathname.startsWith('/static/')) event.respondWith(file(event.request));
});

async function keep(path) {
  let answer = await fetch(path, { credentials: 'same-origin' });
  let text = await answer.text();
  if (answer.ok && !text.includes(MARK)) {
    answer = await fetch(path, { credentials: 'omit' });
    text = await answer.text();
  }
  const pages = await caches.open(PAGES);
  if (answer.status === 404) await pages.delete(path);
  if (!answer.ok || answer.redirected || !text.includes(MARK)) return;
  const files = await caches.open(FILES);
  await Promise.all(names(text).map(async name => {
    if (HASHED.test(name) && await files.match(name)) return;
    const found = await fetch(name);
    if (found.ok) await files.put(name, found);
  }));
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': answer.headers.get('Content-Security-Policy') || '' };
  await pages.put(path, new Response(text, { headers }));
  await tidy(pages, files);
}

const names = text => [...new Set(text.match(/\/static\/[\w./-]+/g))];

async function tidy(pages, files) {
  const all = await pages.keys();
  for (const old of all.slice(0, Math.max(0, all.length - MOST))) await pages.delete(old);
  const used = new Set();
  for (const kept of await pages.matchAll()) names(await kept.text()).forEach(name => used.add(name));
  for (const request of await files.keys()) if (!used.has(new URL(request.url).pathname)) await files.delete(request);
}

async function page(request, path) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(path);
  try {
    const asked = fetch(request);
    if (!kept) return await asked;
    const late = new Promise((_, refuse) => setTimeout(refuse, PATIENCE));
    const answer = await Promise.race([asked, late]);
    return answer.status < 500 ? answer : await shown(kept);
  } catch (error) {
    if (kept) return shown(kept);
    const books = (await pages.keys()).map(it => new URL(it.url).pathname).filter(it => it.endsWith('/phones/'));
    if (books.length) return Response.redirect(books.at(-1), 302);
    throw error;
  }
}

async function shown(kept) {
  const text = await kept.text();
  return new Response(text.replace('<html ', '<html data-offline '), { headers: kept.headers });
}

async function file(request) {
  const files = await caches.open(FILES);
  const name = new URL(request.url).pathname;
  if (HASHED.test(name)) return await files.match(name) || fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await files.match(name);
    if (kept) return kept;
    throw error;
  }
}
