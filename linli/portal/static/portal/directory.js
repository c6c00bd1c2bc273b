// The directory on this device: kept for days without a network, and searched as one types.
// Without this script the server searches, and the page needs the network.
(() => {
  const root = document.documentElement;
  const offline = 'offline' in root.dataset;
  const workers = navigator.serviceWorker;
  if (workers) {
    workers.register('/sw.js').catch(() => {});
    if (!offline) workers.ready.then(it => it.active.postMessage(location.pathname)).catch(() => {});
  }
  const box = document.querySelector('#want');
  // With the network back, the page is fetched anew, and the server answers what was typed meanwhile.
  const again = () => fetch('/sw.js', { method: 'HEAD', cache: 'no-store' })
    .then(() => location.replace(location.pathname + (box?.value ? `?q=${encodeURIComponent(box.value)}` : ''))).catch(() => {});
  if (offline) {
    addEventListener('online', again);
    setInterval(() => navigator.onLine && again(), 5000);
  }
  const groups = document.querySelector('#groups');
  const hits = document.querySelector('#hits');
  if (!box || !groups) return;
  const plain = text => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
  const rows = [...groups.querySelectorAll('li')].map(li => [li, plain(`${li.textContent} ${li.dataset.words || ''}`)]);
  const filter = () => {
    const parts = box.value.split(/\s+/).map(plain).filter(Boolean);
    let n = 0;
    for (const [li, text] of rows) {
      li.hidden = !parts.every(part => text.includes(part));
      n += !li.hidden;
    }
    for (const section of groups.querySelectorAll('section')) section.hidden = !section.querySelector('li:not([hidden])');
    const { some, none, noneOff } = hits.dataset;
    hits.textContent = !parts.length ? '' : n ? some.replace('#', n) : offline ? noneOff : none;
  };
  box.addEventListener('input', filter);
  if (!offline) return;
  box.value = new URLSearchParams(location.search).get('q') || '';
  filter();
  box.form.addEventListener('submit', event => { event.preventDefault(); filter(); });
  document.querySelectorAll('.names a').forEach(link => link.addEventListener('click', event => {
    event.preventDefault();
    box.value = link.textContent;
    filter();
  }));
})();
